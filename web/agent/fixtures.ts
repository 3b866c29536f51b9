/** One cast for component tests and the gallery: the help desk of Skerry Ferries. */
import type {
  ChatSummary,
  ChatView,
  CustomerUserView,
  EntryView,
  EntryWhat,
  Invitee,
  Me,
  MemberView,
  OfferedChannel,
  People,
  PersonRow,
  RequestView,
  Supervisor,
} from '../api/types.ts';

export const travel = { id: 'travel', name: 'Travel desk' };
export const freight = { id: 'freight', name: 'Freight' };
export const refunds = { id: 'refunds', name: 'Refunds' };

/** A Sunday afternoon, 22 November 2026, 13:05. */
export const now_ms = new Date(2026, 10, 22, 13, 5, 12).getTime();
const minutes = (n: number) => now_ms - n * 60_000;

export const ines: Me = {
  id: 'ines',
  kind: 'agent',
  name: 'Inés Vidal',
  availability: 'internal_and_external',
  channels: [
    { channel: travel, selected: true },
    { channel: freight, selected: true },
    { channel: refunds, selected: false },
  ],
  receives: { colleagues: true, customers: true, visitors: true },
};

const person = (name: string, rest: Partial<PersonRow> = {}): PersonRow => ({
  id: name,
  kind: 'agent',
  name,
  presence: 'active',
  can_chat: true,
  ...rest,
});

const red = { presence: 'unavailable', can_chat: false, why_not: 'unavailable' } as const;

export const people: Record<'agents' | 'customers' | 'out_of_office', People> = (() => {
  const counts = { agents: 5, customers: 12, out_of_office: 1 };
  const yasmin = person('Yasmin Haddad', { presence: 'away', out_of_office: { until: '2026-12-05' } });
  const customer = { kind: 'customer_user', company: 'Wiebe Freight' } as const;
  return {
    agents: {
      counts,
      rows: [
        person('Chidi Okafor', red),
        person('Inés Vidal', { can_chat: false, why_not: 'yourself' }),
        person('Maren Holt'),
        person('Tobias Lindqvist'),
        yasmin,
      ],
    },
    customers: {
      counts,
      rows: [
        person('Elin Sandvik', { ...customer, company: 'Fjell School' }),
        person('Hanne Dahl', { ...customer, presence: 'away' }),
        person('Jonas Wiebe', customer),
      ],
      next: 'more',
    },
    out_of_office: { counts, rows: [yasmin] },
  };
})();

export const supervisor: Supervisor = {
  channels: [
    {
      channel: travel,
      reply_target_s: 240,
      waiting: 2,
      longest_since: now_ms - 228_000,
      agents_available: 2,
      running: [{ chat: 'elin', with: 'Elin Sandvik', agents: ['Inés Vidal', 'Lucía Ferrán'], last_at: now_ms }],
      running_count: 1,
      day: {
        accepted: 74,
        waited_ms: 41_000,
        hours: [0, 0, 0, 0, 0, 0, 1, 3, 5, 4, 7, 9, 6, 8, 11, 9, 12, 0, 0, 0, 0, 0, 0, 0],
      },
    },
    {
      ...{ channel: freight, reply_target_s: 240, waiting: 0, agents_available: 0, running: [], running_count: 0 },
      day: { accepted: 0, hours: Array.from({ length: 24 }, () => 0) },
    },
  ],
};

const requests: Record<string, Partial<RequestView>> = {
  priya: {
    requester: 'Priya Raman',
    first_message: 'Is the 16:40 sailing still running with this wind?',
    waiting_since: now_ms - 228_000,
  },
  hanne: {
    kind: 'customer_user',
    requester: 'Hanne Dahl',
    company: 'Wiebe Freight',
    channel: freight,
    first_message: 'Our second trailer is missing from booking 88-2041',
    waiting_since: now_ms - 115_000,
    reply_target_s: 240,
  },
  mei: {
    requester: 'Mei Tanaka',
    first_message: 'Do I need to reserve a place for my bike?',
    waiting_since: now_ms - 21_000,
    reply_target_s: 240,
  },
  tobias: {
    is: 'personal',
    kind: 'agent',
    requester: 'Tobias Lindqvist',
    first_message: 'Do you have a minute about gate 4?',
    waiting_since: now_ms - 48_000,
  },
  lucia: {
    is: 'invitation',
    kind: 'agent',
    requester: 'Lucía Ferrán',
    with: 'Arne Bakke',
    role: 'participant',
    channel: refunds,
    first_message: 'You know the fares, and they are about a school class.',
    waiting_since: now_ms - 74_000,
  },
  noor: {
    is: 'invitation',
    kind: 'agent',
    requester: 'Noor Haddad',
    with: 'Priya Raman',
    role: 'observer',
    first_message: '',
    waiting_since: now_ms - 40_000,
  },
  hidden: {
    requester: 'Chidi Okafor',
    first_message: 'Are there still cabins on Friday?',
    waiting_since: now_ms - 300_000,
    hidden: true,
  },
  arne: {
    kind: 'customer_user',
    requester: 'Arne Bakke',
    company: 'Fjell School',
    channel: refunds,
    first_message: 'When will the group fare be paid back? We cancelled on Monday.',
    waiting_since: now_ms - 65_000,
    mine: false,
    can_accept: false,
    why_not: 'not_my_channel',
  },
};

export function request(who: string): RequestView {
  return {
    chat: who,
    is: 'generic',
    hidden: false,
    kind: 'public_user',
    requester: who,
    channel: travel,
    waiting_since: now_ms,
    reply_target_s: 240,
    first_message: 'Hello',
    mine: true,
    can_accept: true,
    ...requests[who],
  };
}

function member(n: number, name: string, rest: Partial<MemberView> = {}): MemberView {
  return { n, kind: 'agent', role: 'owner', name, present: true, joined: true, online: true, ...rest };
}

const external = (n: number, name: string, rest: Partial<MemberView> = {}) =>
  member(n, name, { kind: 'customer_user', role: 'external', ...rest });

export function chat(id: string, rest: Partial<ChatView> & Pick<ChatView, 'members'>): ChatView {
  return {
    id,
    channel: travel,
    direction: 'customer_to_agent',
    state: 'open',
    notify: 'all',
    created_at: minutes(24),
    me: 2,
    can: ['send', 'note', 'invite', 'move', 'hand_back', 'close'],
    head: 5,
    read: 5,
    unread: 0,
    seen: 0,
    text_limit: 10_000,
    agent_lost: false,
    ...rest,
  };
}

export const elin = chat('elin', {
  channel: refunds,
  members: [
    external(1, 'Elin Sandvik', { company: 'Fjell School' }),
    member(2, 'Inés Vidal'),
    member(3, 'Lucía Ferrán', { role: 'participant' }),
  ],
  can: ['send', 'note', 'invite', 'move', 'observe', 'leave', 'hand_back', 'close'],
});

export const jonas = chat('jonas', {
  channel: freight,
  members: [
    external(1, 'Jonas Wiebe', { company: 'Wiebe Freight', online: false }),
    member(2, 'Inés Vidal'),
    member(3, 'Tobias Lindqvist', { role: 'observer' }),
  ],
});

/** Inés asked Tobias for a chat, and he has not answered. */
export const tobias = chat('asked', {
  direction: 'agent_to_agent',
  state: 'requested',
  waiting_since: minutes(1),
  me: 1,
  members: [member(1, 'Inés Vidal'), member(2, 'Tobias Lindqvist', { present: false, joined: false })],
  can: ['send', 'close'],
});

/** Inés only watches; Chidi was invited, and Yasmin has left. */
export const mei = chat('mei', {
  me: 3,
  members: [
    external(1, 'Mei Tanaka', { kind: 'public_user' }),
    member(2, 'Lucía Ferrán'),
    member(3, 'Inés Vidal', { role: 'observer' }),
    member(4, 'Chidi Okafor', { role: 'participant', present: false, joined: false, invited: 'participant' }),
    member(5, 'Yasmin Haddad', { role: 'participant', present: false, online: false }),
  ],
  can: ['note', 'participate', 'leave'],
});

function log(...said: [minutesAgo: number, who: number | undefined, what: EntryWhat | string][]): EntryView[] {
  return said.map(([ago, who, what], index) => ({
    seq: index + 1,
    at: minutes(ago),
    ...(who === undefined ? {} : { who }),
    what: typeof what === 'string' ? { kind: 'message', text: what } : what,
  }));
}

export const elinsLog = log(
  [4, 1, { kind: 'requested' }],
  [4, 1, 'Hi, our crossing on Saturday was cancelled and I still see the charge for six people.'],
  [3, 2, { kind: 'accepted' }],
  [2, 2, 'Sorry about that, Elin. I can see the booking. Was it 88-1973?'],
  [1, 1, 'Yes, that one.'],
  [1, 1, 'Could it go back to the same card?'],
  [0, 3, { kind: 'note', text: 'Refund is approved, 3 to 5 days. See https://desk.skerry.example/fares#refunds' }],
);

export const jonasLog = log(
  [60 * 20, 1, { kind: 'requested' }],
  [60 * 20, 1, 'The gate at Skarvik does not open for SK 40 417.'],
  [14, 2, { kind: 'accepted' }],
  [13, 2, 'I have opened gate 4 by hand. Please ask him to drive to lane 2.'],
  [10, 1, 'He is through. Thank you!'],
);

const quiet = { direction: 'customer_to_agent', gone: false, asked: false } as const;

export const tobiasLog = log([1, 1, { kind: 'requested' }], [1, 1, 'Could you look at the gate at Skarvik with me?']);

export const meisLog = log(
  [30, 1, { kind: 'requested' }],
  [30, 1, 'Do I need to reserve a place for my bike?'],
  [28, 2, { kind: 'accepted' }],
  [27, 2, { kind: 'invited', whom: 'Yasmin Haddad', role: 'participant', note: 'She knows the car decks.' }],
  [26, 5, { kind: 'joined', role: 'participant' }],
  [25, 2, { kind: 'moved', channel: travel }],
  [24, 5, { kind: 'left', role: 'participant' }],
  [20, 2, { kind: 'invited', whom: 'Inés Vidal', role: 'observer' }],
  [19, 3, { kind: 'joined', role: 'observer' }],
  [12, 2, 'No, there is room for twenty bikes on each sailing.'],
  [5, 2, { kind: 'invited', whom: 'Chidi Okafor', role: 'participant', note: 'Could you take over at two?' }],
);

export const invitees: Invitee[] = [
  { id: 'chidi', name: 'Chidi Okafor', role: 'owner' },
  { id: 'lucia', name: 'Lucía Ferrán', role: 'participant' },
  { id: 'maren', name: 'Maren Holt', role: 'observer' },
  { id: 'yasmin', name: 'Yasmin Haddad', role: 'owner' },
];

export const movable: OfferedChannel[] = [
  { channel: travel, available: true },
  { channel: freight, available: false },
  { channel: refunds, available: true },
];

export const summaries: ChatSummary[] = [
  {
    id: 'elin',
    channel: refunds,
    state: 'open',
    with: 'Elin Sandvik',
    last_text: 'Could it go back to the same card?',
    last_at: minutes(1),
    unread: 2,
    ...quiet,
  },
  {
    id: 'jonas',
    channel: freight,
    state: 'open',
    with: 'Jonas Wiebe',
    last_text: 'He is through. Thank you!',
    last_at: minutes(10),
    unread: 0,
    ...quiet,
  },
];

/** More of them for the gallery: one who is gone, one asked, one observed. */
export const moreSummaries: ChatSummary[] = [
  {
    id: 'gone',
    channel: travel,
    state: 'open',
    with: 'Arne Bakke',
    last_text: 'One moment, I look for the booking.',
    last_at: minutes(52),
    unread: 0,
    ...quiet,
    gone: true,
  },
  {
    id: 'asked',
    channel: travel,
    state: 'requested',
    with: 'Tobias Lindqvist',
    last_text: 'Could you look at the gate at Skarvik with me?',
    last_at: minutes(1),
    unread: 0,
    ...quiet,
    direction: 'agent_to_agent',
  },
  {
    id: 'mei',
    channel: travel,
    state: 'open',
    with: 'Mei Tanaka',
    last_text: 'No, there is room for twenty bikes on each sailing.',
    last_at: minutes(12),
    unread: 1,
    ...quiet,
  },
];

const archivedNames = ['Arne Bakke', 'Mei Tanaka', 'Yasmin Haddad', 'Chidi Okafor', 'Elin Sandvik', 'Jonas Wiebe'];
export const archived: ChatSummary[] = archivedNames.map((name, index) => ({
  id: `old-${index}`,
  channel: [travel, freight, refunds][index % 3]!,
  state: 'closed',
  with: name,
  last_text: ['Thank you, that helped.', 'See you on Friday then!', 'شكرا جزيلا لك', 'All good now.'][index % 4]!,
  last_at: minutes(60 * (index * 9 + 2)),
  unread: 0,
  ...quiet,
}));

export const priya = chat('priya', {
  state: 'requested',
  waiting_since: now_ms - 228_000,
  members: [external(1, 'Priya Raman', { kind: 'public_user' })],
  can: ['accept', 'move'],
});
delete priya.me;

export const priyasLog = log(
  [4, 1, { kind: 'requested' }],
  [4, 1, 'Is the 16:40 sailing still running with this wind?'],
  [3, 1, 'And can I still add a bike?'],
);

export const closed = chat('closed', {
  state: 'closed',
  closed_reason: 'by_external',
  closed_at: minutes(60 * 26),
  created_at: minutes(60 * 27),
  members: [
    external(1, 'Arne Bakke', { company: 'Fjell School', present: false, online: false }),
    member(2, 'Inés Vidal', { present: false }),
  ],
  can: [],
});

export const closedLog = log(
  [60 * 27, 1, { kind: 'requested' }],
  [60 * 27, 1, 'Could you confirm the wheelchair ramp on the 09:15?'],
  [60 * 27 - 2, 2, { kind: 'accepted' }],
  [60 * 27 - 3, 2, 'Yes, the crew at Skarvik knows. Please be at lane 1 ten minutes before.'],
  [60 * 26 + 1, 1, 'Thank you, that helped.'],
  [60 * 26, 1, { kind: 'closed', reason: 'by_external' }],
);

/** Elin talks to Inés now, and did so once before. */
export const elinSandvik: CustomerUserView = {
  id: 'elin-sandvik',
  name: 'Elin Sandvik',
  login: 'elin',
  email: 'elin@fjell.example',
  company: 'Fjell School',
  presence: 'active',
  can_chat: true,
  chats: [
    summaries[0]!,
    {
      ...summaries[0]!,
      id: 'closed',
      channel: travel,
      state: 'closed',
      last_text: 'See you on board!',
      last_at: minutes(2_900),
      unread: 0,
    },
  ],
};
