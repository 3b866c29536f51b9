/**
 * A desk that is not there: it answers a panel as the service would, in this page alone, with an agent who greets and
 * answers. For looking at a snippet before it stands on somebody's page; nothing is stored and nobody is called.
 */
import { Listeners } from '../api/listeners.ts';
import type { EndedReason, Link, LinkState } from '../api/socket.ts';
import type { ChatView, ClientFrame, EntryView, EntryWhat, ServerFrame, SnippetView } from '../api/types.ts';
import { Api } from '../core/server.ts';

/** What the agent is called and says. */
export interface Script {
  agent: string;
  greets: string;
  answers: string;
}

const VISITOR = 1;
const AGENT = 2;
const ACCEPTS_MS = 1_200;
const TYPES_MS = 1_000;

export class Simulated {
  readonly link = new SimulatedLink((frame) => this.#heard(frame));
  readonly #view: SnippetView;
  readonly #script: Script;
  #chat: ChatView | undefined;
  #entries: EntryView[] = [];

  constructor(view: SnippetView, script: Script) {
    // Somebody is always there.
    this.#view = { ...view, channels: view.channels.map((offered) => ({ ...offered, available: true })) };
    this.#script = script;
  }

  /** An API that asks nobody. */
  api(): Api {
    return new Api('visitor', undefined, async (address, init) => this.#answer(String(address), init));
  }

  async #answer(address: string, init: RequestInit | undefined): Promise<Response> {
    const asks = JSON.parse(typeof init?.body === 'string' ? init.body : '{}');
    if (address.endsWith('/visitors')) {
      return Response.json({ token: 'simulated', me: { id: 'visitor', kind: 'public_user', name: asks.name } });
    }
    if (address.endsWith('/chats')) return Response.json({ chat: this.#started(asks.text), new: true });
    if (address.includes('/snippets/')) return Response.json(this.#view);
    if (address.endsWith('/close')) this.#says(VISITOR, { kind: 'closed', reason: 'by_external' }, 'closed');
    return Response.json({});
  }

  #started(text: string): ChatView {
    this.#entries = [];
    this.#chat = {
      ...{ id: crypto.randomUUID(), channel: this.#view.channels[0]!.channel, direction: 'public_to_agent' },
      ...{ state: 'requested', created_at: Date.now(), me: VISITOR, head: 0, read: 0, unread: 0, seen: 0 },
      ...{ members: [member(VISITOR, '', 'external')], can: ['send', 'close'], text_limit: 3_800, agent_lost: false },
    };
    this.#says(VISITOR, { kind: 'requested' });
    this.#says(VISITOR, { kind: 'message', text });
    setTimeout(() => {
      this.#chat?.members.push(member(AGENT, this.#script.agent, 'owner'));
      this.#says(AGENT, { kind: 'accepted' }, 'open');
      this.#types(this.#script.greets);
    }, ACCEPTS_MS);
    return this.#chat;
  }

  #heard(frame: ClientFrame): void {
    if (this.#chat === undefined) return;
    if (frame.op === 'watch') {
      const as_of = { epoch: 1, seq: this.#entries.length };
      this.link.tell({ op: 'snapshot', chat: this.#chat, as_of, entries: this.#entries });
    }
    if (frame.op === 'send') {
      this.#says(VISITOR, { kind: 'message', text: frame.text });
      this.link.tell({ op: 'ack', chat: frame.chat, cid: frame.cid, seq: this.#entries.length });
      this.#types(this.#script.answers);
    }
  }

  /** The agent types for a moment, and says it. */
  #types(text: string): void {
    setTimeout(() => {
      if (this.#chat?.state !== 'open') return;
      this.link.tell({ op: 'typing', chat: this.#chat.id, who: AGENT, note: false });
      setTimeout(() => this.#chat?.state === 'open' && this.#says(AGENT, { kind: 'message', text }), TYPES_MS);
    }, TYPES_MS);
  }

  #says(who: number, what: EntryWhat, state = this.#chat!.state): void {
    const entry = { seq: this.#entries.length + 1, at: Date.now(), who, what };
    this.#entries = [...this.#entries, entry];
    const can: ChatView['can'] = state === 'closed' ? [] : ['send', 'close'];
    const ended = state === 'closed' ? { closed_reason: 'by_external' as const, closed_at: entry.at } : {};
    this.#chat = { ...this.#chat!, state, can, head: entry.seq, read: entry.seq, seen: entry.seq, ...ended };
    this.link.tell({ op: 'entries', chat: this.#chat.id, entries: [entry], state: this.#chat });
  }
}

function member(n: number, name: string, role: 'owner' | 'external'): ChatView['members'][number] {
  const kind = role === 'owner' ? 'agent' : 'public_user';
  return { n, name, role, kind, present: true, joined: true, online: true };
}

class SimulatedLink implements Link {
  readonly state: LinkState = 'up';
  readonly ended: EndedReason | undefined;
  #states = new Listeners<LinkState>();
  #frames = new Listeners<ServerFrame>();
  #heard: (frame: ClientFrame) => void;

  constructor(heard: (frame: ClientFrame) => void) {
    this.#heard = heard;
  }

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
    queueMicrotask(() => this.#heard(frame));
    return true;
  }

  wake(): void {}

  close(): void {}
}
