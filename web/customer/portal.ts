/** Who is signed in to the portal, and what stands before it when nobody is. */
import { effect, signal } from '@preact/signals';
import type { Me } from '../api/types.ts';
import { Lobby } from '../core/lobby.ts';
import { Api, Refusal, Unreachable } from '../core/server.ts';
import { shareSocket } from '../core/tabs.ts';
import { ChatWindow } from './window.ts';

export type Session =
  | { is: 'starting' }
  | { is: 'unreachable' }
  | { is: 'out'; because?: 'asked' | 'ended' | 'password'; login?: string }
  /** A one-time link was opened. */
  | { is: 'link'; token: string }
  | { is: 'forgotten' }
  | { is: 'in'; lobby: Lobby; window: ChatWindow };

const RETRY_MS = 3_000;

export class Portal {
  readonly session = signal<Session>({ is: 'starting' });
  readonly api: Api;

  constructor(api = new Api('customer')) {
    this.api = api;
  }

  /** Finds out who is here; keeps asking while the server cannot be reached. */
  async start(): Promise<void> {
    const token = linkToken();
    if (token !== undefined) {
      this.session.value = { is: 'link', token };
      return;
    }
    try {
      const { me } = await this.api.call('GET /api/session', { query: { surface: 'customer' } });
      this.#enter(me);
    } catch (error) {
      if (error instanceof Refusal) this.session.value = { is: 'out' };
      else {
        this.session.value = { is: 'unreachable' };
        setTimeout(() => void this.start(), RETRY_MS);
      }
    }
  }

  /** To the sign-in; of who chose a password just now. */
  toSignIn(login?: string): void {
    history.replaceState(null, '', '/portal/');
    this.session.value = login === undefined ? { is: 'out' } : { is: 'out', because: 'password', login };
  }

  toForgotten(): void {
    this.session.value = { is: 'forgotten' };
  }

  /** Answers with what is wrong, if anything. A code of the second factor is given once it is asked for. */
  async signIn(login: string, password: string, code?: string): Promise<Refusal | Unreachable | undefined> {
    try {
      const body = { surface: 'customer', login, password, ...(code && { code }) } as const;
      this.#enter((await this.api.call('POST /api/session', { body })).me);
      return undefined;
    } catch (error) {
      return error instanceof Refusal ? error : new Unreachable(error);
    }
  }

  /** Throws `Unreachable`: nobody is signed out as long as the server does not know of it. */
  async signOut(): Promise<void> {
    try {
      await this.api.call('DELETE /api/session', { query: { surface: 'customer' } });
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
    }
    this.#leave('asked');
  }

  #enter(me: Me): void {
    const lobby = new Lobby(me, this.api, shareSocket(this.api, me));
    this.session.value = { is: 'in', lobby, window: new ChatWindow(lobby) };
    effect(() => {
      const ended = lobby.ended.value;
      if (ended === 'signed_out' || ended === 'revoked') queueMicrotask(() => this.#leave('ended'));
    });
  }

  #leave(because: 'asked' | 'ended'): void {
    const session = this.session.peek();
    if (session.is !== 'in') return;
    session.lobby.end();
    this.session.value = { is: 'out', because };
  }
}

/** The token of a one-time link that this page was opened by. It stays neither in the address bar nor in the history. */
function linkToken(): string | undefined {
  if (!location.pathname.endsWith('/link')) return undefined;
  const token = location.hash.slice(1);
  history.replaceState(null, '', location.pathname);
  return token === '' ? undefined : token;
}
