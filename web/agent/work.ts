/** What an agent can do, with a sentence for every way it can go wrong. */
import { signal } from '@preact/signals';
import type { Availability, InviteAgent, Notify, OfferedChannel, OutOfOffice, Role } from '../api/types.ts';
import type { ChatStore } from '../core/chat.ts';
import type { Desk } from '../core/desk.ts';
import { t } from '../core/i18n.ts';
import { newId } from '../core/id.ts';
import { saveFile } from '../core/save.ts';
import { Refusal } from '../core/server.ts';
import { type TranscriptForm, transcriptOf } from '../core/transcript.ts';
import { inWords } from '../ui/problem.ts';
import { say } from '../ui/Toasts.tsx';
import { setLanguage } from './looks.ts';
import { whomOf } from './members.ts';
import type { Windows } from './windows.ts';

/** What asks before it is done. */
export type AskFirst = 'close' | 'hand_back' | 'leave';

export class Work {
  readonly desk: Desk;
  readonly windows: Windows;
  /** The chat whose acceptance is on its way. */
  readonly accepting = signal<string | undefined>(undefined);
  /** Chats that this agent just gave away: that they go is no news to him. */
  readonly letGo = new Set<string>();
  /** A request for a chat that nobody knows the fate of: the same one again goes out under the same id. */
  #asked: { wish: string; cid: string } | undefined;

  constructor(desk: Desk, windows: Windows) {
    this.desk = desk;
    this.windows = windows;
  }

  /** Accepts a request and opens its window. True if this agent has it now. */
  accept(chat: string): Promise<boolean> {
    return this.#enter(chat, (store) => store.act('accept'));
  }

  /** Follows an invitation and opens the chat's window. True if this agent is in now. */
  join(chat: string, role: Role): Promise<boolean> {
    return this.#enter(chat, (store) => this.#take(store, 'join', role));
  }

  async #enter(chat: string, ask: (store: ChatStore) => Promise<void>): Promise<boolean> {
    if (this.accepting.peek() !== undefined) return false;
    const known = this.desk.find(chat) !== undefined;
    this.accepting.value = chat;
    try {
      await ask(this.desk.open(chat));
      this.windows.show(chat);
      return true;
    } catch (error) {
      if (!known) this.desk.close(chat);
      say(this.#notAccepted(chat, error), 'danger');
      return false;
    } finally {
      this.accepting.value = undefined;
    }
  }

  /** Answers a personal request or an invitation with no. True if that is done. */
  async decline(chat: string): Promise<boolean> {
    const known = this.desk.find(chat) !== undefined;
    const store = this.desk.open(chat);
    const done = await this.#try(() => store.act('decline'));
    if (!known) this.desk.close(chat);
    return done;
  }

  /** Hides a generic request from this agent's list, or shows it again. */
  async hide(chat: string, hidden: boolean): Promise<void> {
    await this.#try(() => this.desk.api.call('PUT /api/chats/{chat}/hidden', { chat, body: { hidden } }));
  }

  /** Asks an agent or customer user for a chat and opens its window. Answers with what went wrong, if anything. */
  async request(
    person: string,
    text: string,
    { channel, ticket }: { channel?: string | undefined; ticket?: string | undefined } = {},
  ): Promise<string | undefined> {
    const wish = [person, channel, ticket, text].join('\n');
    if (this.#asked?.wish !== wish) this.#asked = { wish, cid: newId() };
    const { cid } = this.#asked;
    try {
      const body = { cid, text, ...(channel && { channel }), ...(ticket && { ticket }) };
      const { chat, new: isNew } = await this.desk.api.call('POST /api/people/{person}/chats', { person, body });
      this.#asked = undefined;
      if (!isNew && this.windows.list.peek().some((one) => one.chat === chat.id && one.open)) {
        return t('agent-request-runs', { name: whomOf(chat)?.name ?? '' });
      }
      // There is one already: the text waits in its composer instead of being lost.
      if (!isNew) this.desk.drafts.write(chat.id, text);
      this.desk.open(chat.id, chat);
      this.windows.show(chat.id);
      return undefined;
    } catch (error) {
      if (error instanceof Refusal && error.final) this.#asked = undefined;
      return problemOf(error);
    }
  }

  /** Asks a colleague to come. Answers with what went wrong, if anything. */
  invite(chat: string, whom: Omit<InviteAgent, 'cid'>): Promise<string | undefined> {
    return this.#once(chat, `invite ${whom.person} ${whom.role} ${whom.note}`, (api, chat, cid) =>
      api.call('POST /api/chats/{chat}/invite', { chat, body: { cid, ...whom } }),
    );
  }

  /** To another channel. Answers with what went wrong, if anything. */
  move(chat: string, channel: string): Promise<string | undefined> {
    return this.#once(chat, `move ${channel}`, (api, chat, cid) =>
      api.call('POST /api/chats/{chat}/move', { chat, body: { cid, channel } }),
    );
  }

  /** Where a chat may be moved to. Throws `Refusal` or `Unreachable`. */
  async channelsFor(chat: string): Promise<readonly OfferedChannel[]> {
    return (await this.desk.api.call('GET /api/chats/{chat}/channels', { chat })).channels;
  }

  /** Takes the text of an entry away for everybody. */
  async redact(chat: string, seq: number): Promise<void> {
    await this.#try(() =>
      this.desk
        .open(chat)
        .once(`redact ${seq}`, (api, chat, cid) =>
          api.call('POST /api/chats/{chat}/redact', { chat, body: { cid, seq } }),
        ),
    );
  }

  /** The chat up to now, as a file. Answers with what went wrong, if anything. */
  download(chat: string, form: TranscriptForm): Promise<string | undefined> {
    const name = `chat-${chat}.${form === 'text' ? 'txt' : form}`;
    return this.#problem(async () => saveFile(await transcriptOf(this.desk.api, chat, form), name));
  }

  async switchRole(chat: string, role: Role): Promise<void> {
    await this.#try(() => this.#take(this.desk.open(chat), 'role', role));
  }

  /** What this agent wants to be told of in a chat. */
  async setNotify(chat: string, notify: Notify): Promise<void> {
    await this.#try(() => this.desk.api.call('PUT /api/chats/{chat}/notify', { chat, body: { notify } }));
  }

  #take(store: ChatStore, how: 'join' | 'role', role: Role): Promise<void> {
    return store.once(`${how} ${role}`, (api, chat, cid) =>
      api.call(`POST /api/chats/{chat}/${how}`, { chat, body: { cid, role } }),
    );
  }

  async #once(chat: string, ...how: Parameters<ChatStore['once']>): Promise<string | undefined> {
    try {
      await this.desk.open(chat).once(...how);
      return undefined;
    } catch (error) {
      return problemOf(error);
    }
  }

  /** Closes, hands back or leaves; where that succeeds for good, the window goes too. */
  async act(chat: string, verb: AskFirst): Promise<void> {
    const store = this.desk.open(chat);
    const view = store.view.peek();
    if (verb !== 'close') this.letGo.add(chat);
    try {
      await store.act(verb);
    } catch (error) {
      this.letGo.delete(chat);
      say(problemOf(error), 'danger');
      return;
    }
    if (verb === 'close') return;
    this.putAway(chat);
    if (verb === 'hand_back' && view) {
      say(t('agent-handed-back', { name: whomOf(view)?.name ?? '', channel: view.channel.name }));
    }
  }

  /** Takes a window away; the chat itself stays what it is. */
  putAway(chat: string): void {
    this.windows.remove(chat);
    this.desk.close(chat);
  }

  async setAvailability(availability: Availability): Promise<void> {
    await this.#try(() => this.desk.setAvailability(availability));
  }

  /** Answers with what went wrong, if anything. */
  setChannels(channels: string[]): Promise<string | undefined> {
    return this.#problem(() => this.desk.setChannels(channels));
  }

  /** Answers with what went wrong, if anything. */
  setOutOfOffice(absence: OutOfOffice): Promise<string | undefined> {
    return this.#problem(() => this.desk.setOutOfOffice(absence));
  }

  /** Here at once, and on his other devices when they look. */
  async chooseLanguage(language: string): Promise<void> {
    await setLanguage(language);
    const { name: _, ...profile } = this.desk.me.peek().profile ?? {};
    const problem = await this.#problem(() => this.desk.setProfile({ ...profile, language }));
    if (problem !== undefined) say(problem, 'danger');
  }

  async #problem(what: () => Promise<void>): Promise<string | undefined> {
    try {
      await what();
      return undefined;
    } catch (error) {
      return problemOf(error);
    }
  }

  async addChannel(id: string): Promise<void> {
    const channels = this.desk.me.peek().channels ?? [];
    const wanted = channels
      .filter(({ selected, channel }) => selected || channel.id === id)
      .map(({ channel }) => channel.id);
    const name = channels.find(({ channel }) => channel.id === id)?.channel.name ?? '';
    if (await this.#try(() => this.desk.setChannels(wanted))) say(t('agent-channel-added', { channel: name }));
  }

  async #try(what: () => Promise<unknown>): Promise<boolean> {
    try {
      await what();
      return true;
    } catch (error) {
      say(problemOf(error), 'danger');
      return false;
    }
  }

  #notAccepted(chat: string, error: unknown): string {
    if (!(error instanceof Refusal) || error.problem.code !== 'already_taken') return problemOf(error);
    const others = this.desk.waiting.peek().filter((request) => request.chat !== chat).length;
    return t('agent-accepted-instead', { by: error.problem.by ?? '?', count: others });
  }
}

/** Whether a failed call may have been carried out all the same: the same again finds out. */
export function inDoubt(error: unknown): boolean {
  return !(error instanceof Refusal) || ['unknown', 'desk_unclear', 'desk_incomplete'].includes(error.problem.code);
}

/** A failed call as a sentence. */
export function problemOf(error: unknown): string {
  if (!(error instanceof Refusal)) return t('problem-unreachable');
  const { code, by, told } = error.problem;
  if (!code.startsWith('desk_')) return inWords(error.problem);
  // Somebody else's words, be they in another direction.
  return t(`problem-${code}`, { by: by ?? '', told: told ? ` (\u2068${told}\u2069)` : '' });
}
