import type { ChatView, ClientFrame, EntryView, ServerFrame } from '../api/generated.ts';
import { Listeners } from '../api/listeners.ts';
import type { Link, LinkState } from '../api/socket.ts';

/** Says one and the same thing for ever: what components are looked at with. */
export class FixedLink implements Link {
  readonly state: LinkState = 'up';
  readonly ended = undefined;
  #frames = new Listeners<ServerFrame>();

  constructor(readonly chats: Record<string, { chat: ChatView; entries: EntryView[] }>) {}

  onState(): () => void {
    return () => {};
  }

  onFrame(listener: (frame: ServerFrame) => void): () => void {
    return this.#frames.add(listener);
  }

  tell(frame: ServerFrame): void {
    this.#frames.tell(frame);
  }

  send(frame: ClientFrame): boolean {
    if (frame.op === 'watch') {
      const known = this.chats[frame.chat];
      const seq = known?.entries.at(-1)?.seq ?? 0;
      if (known) queueMicrotask(() => this.tell({ op: 'snapshot', as_of: { epoch: 1, seq }, ...known }));
    }
    if (frame.op === 'send' && frame.text.includes('!fail')) {
      const problem = { code: 'busy', say: '', next: '' };
      queueMicrotask(() => this.tell({ op: 'refused', chat: frame.chat, cid: frame.cid, problem }));
    }
    return true;
  }

  wake(): void {}

  close(): void {}
}
