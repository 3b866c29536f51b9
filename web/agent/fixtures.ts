/** One cast for component tests and the gallery: the help desk of Skerry Ferries. */
import type {
  ChatSummary,
  ChatView,
  EntryView,
  EntryWhat,
  Me,
  MemberView,
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
    },
    { channel: freight, reply_target_s: 240, waiting: 0, agents_available: 0, running: [], running_count: 0 },
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
  return { n, kind: 'agent', role: 'owner', name, present: true, online: true, ...rest };
}

const external = (n: number, name: string, rest: Partial<MemberView> = {}) =>
  member(n, name, { kind: 'customer_user', role: 'external', ...rest });

export function chat(id: string, rest: Partial<ChatView> & Pick<ChatView, 'members'>): ChatView {
  return {
    id,
    channel: travel,
    state: 'open',
    created_at: minutes(24),
    me: 2,
    can: ['send', 'note', 'hand_back', 'close'],
    head: 5,
    read: 5,
    unread: 0,
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
});

export const jonas = chat('jonas', {
  channel: freight,
  members: [
    external(1, 'Jonas Wiebe', { company: 'Wiebe Freight', online: false }),
    member(2, 'Inés Vidal'),
    member(3, 'Tobias Lindqvist', { role: 'observer' }),
  ],
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

export const summaries: ChatSummary[] = [
  {
    id: 'elin',
    channel: refunds,
    state: 'open',
    with: 'Elin Sandvik',
    last_text: 'Could it go back to the same card?',
    last_at: minutes(1),
    unread: 2,
  },
  {
    id: 'jonas',
    channel: freight,
    state: 'open',
    with: 'Jonas Wiebe',
    last_text: 'He is through. Thank you!',
    last_at: minutes(10),
    unread: 0,
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
}));

export const priya = chat('priya', {
  state: 'requested',
  waiting_since: now_ms - 228_000,
  members: [external(1, 'Priya Raman', { kind: 'public_user' })],
  can: ['accept'],
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
