import { Listeners } from '../api/listeners.ts';
import type { EndedReason, Link, LinkState } from '../api/socket.ts';
import type { ChatView, ClientFrame, EntryView, People, PeopleTab, ServerFrame } from '../api/types.ts';

/** Says one and the same thing for ever: what components are looked at with. */
export class FixedLink implements Link {
  state: LinkState = 'up';
  ended: EndedReason | undefined;
  #states = new Listeners<LinkState>();
  #frames = new Listeners<ServerFrame>();

  constructor(
    readonly chats: Record<string, { chat: ChatView; entries: EntryView[] }>,
    readonly people?: Record<PeopleTab, People>,
  ) {}

  onState(listener: (state: LinkState) => void): () => void {
    return this.#states.add(listener);
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
    if (frame.op === 'people' && frame.tab && this.people) {
      const { op, tab, limit = 10, ...asked } = frame;
      const people = this.people[tab];
      queueMicrotask(() => this.tell({ op, tab, limit, ...asked, people }));
    }
    if (frame.op === 'send' && frame.text.includes('!fail')) {
      const problem = { code: 'busy', say: '', next: '' };
      queueMicrotask(() => this.tell({ op: 'refused', chat: frame.chat, cid: frame.cid, problem }));
    }
    return true;
  }

  end(reason: EndedReason): void {
    this.ended = reason;
    this.state = 'ended';
    this.#states.tell('ended');
  }

  wake(): void {}

  close(): void {}
}
