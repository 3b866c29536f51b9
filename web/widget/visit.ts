/**
 * A visitor's way through the panel: is anybody there, the form, the chat, and a new one after it. Nothing is stored before
 * the chat has started, and no text is lost when something is refused.
 */
import { effect, signal } from '@preact/signals-core';
import type { Me, Problem, SnippetView } from '../api/types.ts';
import type { ChatStore } from '../core/chat.ts';
import { Lobby, Start } from '../core/lobby.ts';
import { Api, type Link, Refusal, Socket } from '../core/server.ts';
import { IDENTIFIED } from './bridge.ts';
import type { Host } from './host.ts';
import { identify } from './later.tsx';

/** `resuming`: there is a token, and its chat is on the way. */
export type Phase = 'resuming' | 'form' | 'chat';

/** What kept the last attempt from happening. */
export type Trouble = { is: 'refused'; problem: Problem } | { is: 'unreachable' };

export interface VisitDoors {
  api: Api;
  link: () => Link;
}

const LOOK_AGAIN_MS = 15_000;

export class Visit {
  readonly phase = signal<Phase>('form');
  /** What the panel is headed with and who is there; absent until the server has answered once. */
  readonly snippet = signal<SnippetView | undefined>(undefined);
  /** The last look failed; what was known before still shows. */
  readonly lookTrouble = signal<Trouble | undefined>(undefined);
  readonly lobby = signal<Lobby | undefined>(undefined);
  readonly chat = signal<ChatStore | undefined>(undefined);

  /** The form. It lives in this page's memory only. */
  readonly text = signal('');
  readonly name = signal('');
  readonly channel = signal<string | undefined>(undefined);
  readonly starting = signal(false);
  readonly trouble = signal<Trouble | undefined>(undefined);
  /** The number of the ticket that a message has just become. */
  readonly left = signal<string | undefined>(undefined);

  readonly id: string;
  readonly api: Api;
  #host: Host;
  #doors: Partial<VisitDoors>;
  #start = new Start();
  /** Made for this name and not kept yet: a further attempt needs no second visitor. */
  #made: { name: string; token: string; me: Me } | undefined;
  #looking = false;
  #identity: string | undefined;
  #stopLobby = () => {};

  constructor(snippet: string, host: Host, doors: Partial<VisitDoors> = {}) {
    this.id = snippet;
    this.#host = host;
    this.#doors = doors;
    this.api = doors.api ?? new Api('visitor');
    host.onToken((token, identity) => {
      if (this.starting.value) return;
      // What was begun before he signed in there goes on.
      if (identity && (token ?? IDENTIFIED) === IDENTIFIED) this.#identify(identity);
      else if (token && token !== this.api.token) this.#resume(token, identity);
    });
    this.#lookWhileOpen();
  }

  /** Whether the visitor has told his name already. */
  get known(): boolean {
    return this.api.token !== undefined;
  }

  /** Asks who is there. */
  async look(): Promise<void> {
    if (this.#looking) return;
    this.#looking = true;
    try {
      this.snippet.value = await this.api.call('GET /api/snippets/{snippet}', { snippet: this.id });
      this.lookTrouble.value = undefined;
    } catch (error) {
      this.lookTrouble.value = troubleOf(error);
    } finally {
      this.#looking = false;
    }
  }

  /** Starts the chat with what is in the form. The form keeps everything until that has happened. */
  async start(): Promise<void> {
    if (this.starting.value) return;
    this.starting.value = true;
    this.trouble.value = undefined;
    try {
      const { token, me } = await this.#visitor(this.name.value.trim());
      const text = this.text.value.trim();
      const started = await this.#start.ask(withToken(this.api, token), text, { channel: this.channel.value });
      this.#keep(token);
      if (token !== this.api.token) {
        this.#made = undefined;
        this.#enter(token, me);
      }
      this.#show(this.lobby.peek()!.enter(started, text));
      this.text.value = '';
    } catch (error) {
      this.trouble.value = troubleOf(error);
      if (error instanceof Refusal && error.status === 401) this.#forget();
      void this.look();
    } finally {
      this.starting.value = false;
    }
  }

  /** After a chat has ended: the form again, with what was left unsent in the composer. */
  again(): void {
    const chat = this.chat.peek();
    const home = this.lobby.peek();
    if (chat !== undefined && home !== undefined) {
      this.text.value = home.drafts.read(chat.id) || this.text.value;
      home.drafts.drop(chat.id);
      home.close(chat.id);
    }
    this.chat.value = undefined;
    this.phase.value = 'form';
  }

  async #visitor(name: string): Promise<{ token: string; me: Me | undefined }> {
    if (this.api.token !== undefined) return { token: this.api.token, me: undefined };
    if (this.#made?.name !== name) {
      const made = await this.api.call('POST /api/snippets/{snippet}/visitors', { snippet: this.id, body: { name } });
      this.#made = { name, ...made };
    }
    return this.#made!;
  }

  /** The page proves who he is: he comes as that visitor, once for each proof. */
  #identify(identity: string): void {
    if (this.#identity === identity) return;
    this.#identity = identity;
    this.phase.value = 'resuming';
    identify(this, identity, (token) => this.#resume(token));
  }

  #keep(token: string | undefined): void {
    this.#host.keepToken(token && this.#identity ? IDENTIFIED : token);
  }

  #resume(token: string, identity?: string): void {
    this.phase.value = 'resuming';
    const lobby = this.#enter(token, undefined);
    const stop = effect(() => {
      if (!lobby.ready.value || this.phase.peek() !== 'resuming') return;
      const chats = lobby.chats.value;
      const chat = chats.find(({ state }) => state !== 'closed') ?? (identity ? undefined : chats[0]);
      this.#keep(chat && token);
      if (chat === undefined) {
        this.phase.value = 'form';
        if (identity) this.#identify(identity);
      } else {
        // Another tab has begun while this one was typing.
        if (this.text.peek()) lobby.drafts.write(chat.id, this.text.peek());
        this.text.value = '';
        this.#show(lobby.open(chat.id));
      }
      queueMicrotask(() => stop());
    });
  }

  /** Connects as this visitor. Each frame has its own socket: most have no storage, and so no locks to share one. */
  #enter(token: string, me: Me | undefined): Lobby {
    this.#leave();
    this.api.token = token;
    const link = this.#doors.link?.() ?? new Socket('visitor', token);
    const nameless: Me = { id: '', kind: 'public_user', name: '' };
    const lobby = new Lobby(me ?? nameless, this.api, link, { shelf: this.#host.shelf, shown: this.#host.shown });
    const stops = [
      effect(() => this.#host.tellUnread(lobby.unread.value)),
      effect(() => {
        const ended = lobby.ended.value;
        if (ended === 'signed_out' || ended === 'revoked') queueMicrotask(() => this.#forget());
      }),
    ];
    this.#stopLobby = () => {
      for (const stop of stops) stop();
      lobby.end();
    };
    this.lobby.value = lobby;
    return lobby;
  }

  #show(chat: ChatStore): void {
    this.chat.value = chat;
    this.phase.value = 'chat';
  }

  /** The token opens nothing any more: it is as if the visitor came for the first time. */
  #forget(): void {
    this.#leave();
    this.api.token = undefined;
    this.#made = undefined;
    this.#keep(undefined);
    this.#host.tellUnread(0);
    this.phase.value = 'form';
  }

  #leave(): void {
    this.#stopLobby();
    this.#stopLobby = () => {};
    this.lobby.value = undefined;
    this.chat.value = undefined;
  }

  /** While the form is in sight it knows who is there; the chat needs no more than its heading. */
  #lookWhileOpen(): void {
    effect(() => {
      if (!this.#host.shown.value) return;
      const inChat = this.phase.value === 'chat';
      if (!inChat || this.snippet.peek() === undefined) void this.look();
      if (inChat) return;
      const timer = setInterval(() => void this.look(), LOOK_AGAIN_MS);
      const focused = () => void this.look();
      addEventListener('focus', focused);
      return () => {
        clearInterval(timer);
        removeEventListener('focus', focused);
      };
    });
  }
}

function withToken(api: Api, token: string): Api {
  return api.token === token ? api : api.as(token);
}

export function troubleOf(error: unknown): Trouble {
  if (error instanceof Refusal) return { is: 'refused', problem: error.problem };
  return { is: 'unreachable' };
}
