/** Who is signed in here, and what stands before the desk when nobody is. */
import { signal } from '@preact/signals';
import type { Me, SignedIn } from '../api/types.ts';
import { Desk } from '../core/desk.ts';
import { t } from '../core/i18n.ts';
import { Api, Refusal, Unreachable } from '../core/server.ts';
import { say } from '../ui/Toasts.tsx';
import type { Wrong } from '../ui/use-enter.ts';
import { go } from './routes.ts';
import { problemOf } from './work.ts';

export type Session =
  | { is: 'starting' }
  | { is: 'unreachable' }
  | { is: 'setup' }
  /** Signed in, and nothing is done before a second factor is set up. */
  | { is: 'owing'; me: Me }
  /** A one-time link was opened. */
  | { is: 'link'; token: string }
  | { is: 'forgotten' }
  | { is: 'out'; because?: 'asked' | 'ended' | 'password'; login?: string }
  | { is: 'in'; desk: Desk };

const RETRY_MS = 3_000;

export class Door {
  readonly session = signal<Session>({ is: 'starting' });
  readonly api: Api;

  constructor(api = new Api('agent')) {
    this.api = api;
  }

  /** Finds out where one stands; keeps asking while the server cannot be reached. */
  async start(): Promise<void> {
    const token = linkToken();
    if (token !== undefined) {
      this.session.value = { is: 'link', token };
      return;
    }
    try {
      const { me } = await this.api.call('GET /api/session', { query: { surface: 'agent' } });
      this.#enter(me);
    } catch (error) {
      if (error instanceof Unreachable) return this.#later();
      await this.#outside();
    }
  }

  /** Both answer with what is wrong, if anything. A code of the second factor is given once it is asked for. */
  signIn(login: string, password: string, code?: string): Promise<Wrong | undefined> {
    const body = { surface: 'agent', login, password, ...(code && { code }) } as const;
    return this.#try(() => this.api.call('POST /api/session', { body }));
  }

  async setup(fields: { code: string; login: string; name: string; password: string }): Promise<string | undefined> {
    const problem = (await this.#try(() => this.api.call('POST /api/setup', { body: fields })))?.say;
    if (problem === undefined) go({ at: 'admin', part: 'begin' });
    return problem;
  }

  /** To the sign-in; of who chose a password just now. */
  toSignIn(login?: string): void {
    history.replaceState(null, '', '/agent/');
    this.session.value = login === undefined ? { is: 'out' } : { is: 'out', because: 'password', login };
  }

  toForgotten(): void {
    this.session.value = { is: 'forgotten' };
  }

  /** Looks again who is here: what was asked of him first may be done. */
  async again(): Promise<void> {
    this.session.value = { is: 'starting' };
    await this.start();
  }

  async signOut(): Promise<void> {
    const session = this.session.peek();
    const desk = session.is === 'in' ? session.desk : undefined;
    // His chats go back to their channels, which his desk hears before the answer comes.
    if (desk) desk.leaving = true;
    try {
      await this.api.call('DELETE /api/session', { query: { surface: 'agent' } });
    } catch (error) {
      if (desk) desk.leaving = false;
      throw error;
    }
    desk?.end();
    this.session.value = { is: 'out', because: 'asked' };
  }

  /** The server ended the session, or lets it do one thing only from now on. */
  ended(): void {
    const session = this.session.peek();
    if (session.is !== 'in') return;
    session.desk.end();
    this.session.value = { is: 'out', because: 'ended' };
    void this.#lookForOwed();
  }

  async #lookForOwed(): Promise<void> {
    try {
      const { me } = await this.api.call('GET /api/session', { query: { surface: 'agent' } });
      if (me.owes_second_factor && this.session.peek().is === 'out') this.#enter(me);
    } catch {
      // Signed out it is.
    }
  }

  #enter(me: Me): void {
    this.session.value = me.owes_second_factor ? { is: 'owing', me } : { is: 'in', desk: new Desk(me, this.api) };
  }

  async #outside(): Promise<void> {
    try {
      const { needed } = await this.api.call('GET /api/setup');
      this.session.value = needed ? { is: 'setup' } : { is: 'out' };
    } catch (error) {
      if (error instanceof Refusal) this.session.value = { is: 'out' };
      else this.#later();
    }
  }

  #later(): void {
    this.session.value = { is: 'unreachable' };
    setTimeout(() => void this.start(), RETRY_MS);
  }

  async #try(ask: () => Promise<SignedIn>): Promise<Wrong | undefined> {
    try {
      const { me, lowered } = await ask();
      this.#enter(me);
      if (lowered) say(t('agent-lowered'));
      return undefined;
    } catch (error) {
      const needsCode = error instanceof Refusal && error.problem.code === 'second_factor_needed';
      return { say: problemOf(error), needsCode };
    }
  }
}

/** The token of a one-time link that this page was opened by. It stays neither in the address bar nor in the history. */
function linkToken(): string | undefined {
  if (!location.pathname.endsWith('/link')) return undefined;
  const token = location.hash.slice(1);
  history.replaceState(null, '', location.pathname);
  return token === '' ? undefined : token;
}
