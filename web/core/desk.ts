/** An agent's side: the request list, his chats, what he is available for. */
import { computed, signal } from '@preact/signals-core';
import type { Api } from '../api/http.ts';
import type { Link } from '../api/socket.ts';
import type { Availability, Me, OutOfOffice, Profile, RequestView, ServerFrame, Supervisor } from '../api/types.ts';
import { fold } from './desk-frames.ts';
import { Home, type HomeDoors } from './home.ts';
import { shareSocket } from './tabs.ts';

export class Desk extends Home {
  /** Everything that waits and that this agent may see, as the server ordered it. */
  readonly requests = signal<readonly RequestView[]>([]);
  /** What is counted and announced. */
  readonly waiting = computed(() => this.requests.value.filter(({ mine, hidden }) => mine && !hidden));

  /** The session is being ended: whatever is asked now may come after its end. */
  leaving = false;

  #known: Extract<ServerFrame, { op: 'desk' }> | undefined;

  /** `link` is the way to the server where it is not to be a socket. */
  constructor(me: Me, api: Api, doors: HomeDoors & { link?: Link } = {}) {
    super(me, api, doors.link ?? shareSocket(api, me), doors);
  }

  /** Throws `Refusal` or `Unreachable`. The new value shows when the server has it. */
  async setAvailability(availability: Availability): Promise<void> {
    await this.api.call('PUT /api/me/availability', { body: { availability } });
  }

  /** My Chat Channels: the whole selection. */
  async setChannels(channels: string[]): Promise<void> {
    await this.api.call('PUT /api/me/channels', { body: { channels } });
  }

  /** The days in which the agent is out of office: all of them. */
  async setOutOfOffice(body: OutOfOffice): Promise<void> {
    await this.api.call('PUT /api/me/out_of_office', { body });
  }

  /** What he chose for all his devices, all of it. */
  async setProfile(body: Profile): Promise<void> {
    await this.api.call('PUT /api/me/profile', { body });
    await this.lookAtMe();
  }

  async lookAtMe(): Promise<void> {
    this.me.value = (await this.api.call('GET /api/session', { query: { surface: 'agent' } })).me;
  }

  /** What goes on in the channels that the agent is owner of. */
  supervisor(): Promise<Supervisor> {
    return this.api.call('GET /api/supervisor');
  }

  protected override hear(frame: ServerFrame): void {
    super.hear(frame);
    if (frame.op !== 'desk') return;
    this.#known = fold(this.#known, frame);
    this.me.value = frame.me;
    this.requests.value = this.#known.requests;
    this.list(frame.chats);
    this.ready.value = true;
  }
}
