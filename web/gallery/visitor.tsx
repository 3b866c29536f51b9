/**
 * For development only, no input of the build: the visitor's panel and the portal with one fixed state, to be looked at.
 * `/gallery-visitor.html?view=form|chat|waiting|late|closed|portal|sign-in&nobody&asked&channels&theme=dark&lang=de&dir=rtl`
 */
import '../styles/index.css';

import { signal } from '@preact/signals';
import { render } from 'preact';
import { Api } from '../api/http.ts';
import type { ChatState, ChatSummary, ChatView, EntryView, EntryWhat } from '../api/types.ts';
import { setServerNow } from '../core/clock.ts';
import { loadCatalogue } from '../core/i18n.ts';
import { Lobby } from '../core/lobby.ts';
import { memoryShelf } from '../core/shelf.ts';
import { PortalPage } from '../customer/PortalPage.tsx';
import { SignIn } from '../customer/SignIn.tsx';
import { ChatWindow } from '../customer/window.ts';
import type { Host } from '../widget/host.ts';
import { Panel } from '../widget/Panel.tsx';
import { Visit } from '../widget/visit.ts';
import { FixedLink } from './fixed-link.ts';

const asked = new URLSearchParams(location.search);
const view = asked.get('view') ?? 'form';
const now = new Date(2026, 10, 23, 13, 23).getTime();
setServerNow(now);
await loadCatalogue('customer', asked.get('lang') ?? 'en');
document.documentElement.lang = asked.get('lang') ?? 'en';
document.documentElement.dir = asked.get('dir') ?? 'ltr';
document.documentElement.dataset.theme = asked.get('theme') ?? 'light';

const [priya, maren] = [1, 2];
const travel = { id: 'travel', name: 'Travel desk' };
const minute = 60_000;
const says = (seq: number, who: number, ago: number, what: EntryWhat): EntryView => ({
  seq,
  at: now - ago * minute,
  who,
  what,
});
const words: EntryView[] = [
  says(1, priya, 3, { kind: 'requested' }),
  says(2, priya, 3, { kind: 'message', text: 'Is the 16:40 sailing still running with this wind?' }),
  says(3, maren, 2.4, { kind: 'accepted' }),
  says(4, maren, 2, {
    kind: 'message',
    text: 'Hello Priya. Yes, it sails, about 20 minutes late. The captain decides again at 15:30.',
  }),
  says(5, maren, 1.8, {
    kind: 'message',
    text: 'Shall I text you if that changes? See https://skerry.example/sailings',
  }),
  says(6, priya, 1, { kind: 'message', text: 'Yes please. And can I still add a bike?' }),
];
const member = (n: number, name: string, role: 'owner' | 'external') => ({
  ...{ n, name, role, present: true, joined: true, online: true },
  kind: role === 'owner' ? ('agent' as const) : ('public_user' as const),
});

function chat(id: string, state: ChatState): { chat: ChatView; entries: EntryView[] } {
  const entries = state === 'requested' ? words.slice(0, 2) : [...words];
  if (state === 'closed') entries.push(says(7, maren, 0.2, { kind: 'closed', reason: 'by_agent' }));
  const late = view === 'late' ? { no_answer_at: now - 1 } : { no_answer_at: now + 2 * minute };
  return {
    entries,
    chat: {
      direction: 'public_to_agent',
      ...{
        id,
        channel: travel,
        state,
        created_at: now - 3 * minute,
        me: priya,
        text_limit: 3_800,
        agent_lost: view === 'lost',
      },
      ...{ head: entries.length, read: entries.length, unread: 0, seen: 5 },
      members: [member(1, 'Priya', 'external'), ...(state === 'requested' ? [] : [member(2, 'Maren Holm', 'owner')])],
      can: state === 'closed' ? [] : ['send', 'close'],
      ...(state === 'requested'
        ? { waiting_since: now - 3 * minute, place: 2, estimate: { from_s: 70, to_s: 170 }, ...late }
        : {}),
      ...(state === 'closed' ? { closed_reason: 'by_agent' as const, closed_at: now } : {}),
    },
  };
}

const chats = { open: chat('open', 'open'), waiting: chat('waiting', 'requested'), closed: chat('closed', 'closed') };
const link = new FixedLink(chats);
const available = !asked.has('nobody');
const channels = [{ channel: travel, available }];
if (asked.has('channels')) channels.push({ channel: { id: 'lost', name: 'Lost property' }, available: false });
const summary = (id: keyof typeof chats, unread = 0) => ({
  ...{ id, channel: travel, state: chats[id].chat.state, last_at: now - 2 * minute, unread },
  ...(id === 'waiting' ? {} : { with: 'Maren Holm' }),
  last_text: 'Yes please. And can I still add a bike?',
  ...{ direction: 'customer_to_agent' as const, gone: false, asked: false },
});
const fetcher = (address: string) => {
  const body = address.includes('snippets')
    ? { id: 's', title: 'Skerry Ferries', channels }
    : {
        chats: [summary('closed'), { ...summary('closed'), id: 'closed2', last_at: now - 4_000 * minute }],
        next: 'more',
      };
  return Promise.resolve(new Response(JSON.stringify(body)));
};

function panel() {
  const host: Host = {
    ...{ shown: signal(true), opened: signal(asked.has('focus') ? 1 : 0), shelf: memoryShelf() },
    onToken: (hear) => hear(view === 'form' ? undefined : 'secret'),
    ...{ keepToken() {}, tellUnread() {}, shut() {} },
  };
  const visit = new Visit('s', host, { api: new Api('visitor', undefined, fetcher as never), link: () => link });
  const id =
    view === 'late' ? 'waiting' : view === 'lost' ? 'open' : view === 'chat' ? 'open' : (view as keyof typeof chats);
  if (view !== 'form') link.tell({ op: 'lobby', channels, chats: [summary(id as keyof typeof chats)] });
  if (asked.has('typed')) visit.text.value = 'Is the 16:40 sailing still running?';
  setTimeout(() => view === 'chat' && link.tell({ op: 'typing', chat: 'open', who: maren, note: false }), 300);
  return <Panel visit={visit} host={host} />;
}

function portal() {
  const me = { id: 'lena', kind: 'customer_user' as const, name: 'Lena Okafor', company: 'Skerry Ferries' };
  const lobby = new Lobby(me, new Api('customer', undefined, fetcher as never), link, { shelf: memoryShelf() });
  const request = {
    ...summary('waiting', 1),
    ...{ id: 'asked', with: 'Maren Holm', asked: true, direction: 'agent_to_customer' as const },
    last_text: 'Hello Lena, your refund for booking 88-1973 came back. Which account should it go to?',
  };
  const all: ChatSummary[] = asked.has('empty') ? [] : [summary('open', 2), summary('closed')];
  if (asked.has('asked')) all.unshift(request);
  link.tell({ op: 'lobby', channels, chats: all });
  const corner = new ChatWindow(lobby);
  if (asked.get('open') === 'new') corner.showNew();
  if (asked.get('open') === 'list') corner.open.value = true;
  if (asked.get('open') === 'chat') corner.show('open');
  if (asked.has('past')) history.replaceState(null, '', '/portal/conversations/closed');
  dispatchEvent(new PopStateEvent('popstate'));
  return <PortalPage lobby={lobby} chats={corner} onSignOut={async () => {}} />;
}

const page =
  view === 'portal' ? (
    portal()
  ) : view === 'sign-in' ? (
    <SignIn onSignIn={async () => ({ say: 'No.', needsCode: false })} onForgotten={() => {}} />
  ) : (
    panel()
  );
render(page, document.getElementById('app')!);
