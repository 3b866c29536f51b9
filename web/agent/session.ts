/** Who is signed in here, and what stands before the desk when nobody is. */
import { signal } from '@preact/signals';
import type { Me, SignedIn } from '../api/types.ts';
import { Desk } from '../core/desk.ts';
import { t } from '../core/i18n.ts';
import { Api, Refusal, Unreachable } from '../core/server.ts';
import { say } from '../ui/Toasts.tsx';
import { go } from './routes.ts';
import { problemOf } from './work.ts';

export type Session =
  | { is: 'starting' }
  | { is: 'unreachable' }
  | { is: 'setup' }
  | { is: 'out'; because?: 'asked' | 'ended' }
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
    try {
      const { me } = await this.api.call('GET /api/session', { query: { surface: 'agent' } });
      this.#enter(me);
    } catch (error) {
      if (error instanceof Unreachable) return this.#later();
      await this.#outside();
    }
  }

  /** Both answer with what is wrong, if anything. */
  signIn(login: string, password: string): Promise<string | undefined> {
    return this.#try(() => this.api.call('POST /api/session', { body: { surface: 'agent', login, password } }));
  }

  async setup(fields: { code: string; login: string; name: string; password: string }): Promise<string | undefined> {
    const problem = await this.#try(() => this.api.call('POST /api/setup', { body: fields }));
    if (problem === undefined) go({ at: 'admin', part: 'begin' });
    return problem;
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

  /** The server ended the session. */
  ended(): void {
    const session = this.session.peek();
    if (session.is !== 'in') return;
    session.desk.end();
    this.session.value = { is: 'out', because: 'ended' };
  }

  #enter(me: Me): void {
    this.session.value = { is: 'in', desk: new Desk(me, this.api) };
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

  async #try(ask: () => Promise<SignedIn>): Promise<string | undefined> {
    try {
      const { me, lowered } = await ask();
      this.#enter(me);
      if (lowered) say(t('agent-lowered'));
      return undefined;
    } catch (error) {
      return problemOf(error);
    }
  }
}
