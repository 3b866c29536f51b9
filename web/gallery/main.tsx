/**
 * For development only, no input of the build: the agent interface with one fixed state, to be looked at.
 * `/gallery.html?view=desk&open=elin,jonas,asked,mei&theme=dark&lang=de&dir=rtl`; `&over=request|invite|channel` lays a dialog
 * over it, `view=own-window` is one chat in a browser window of its own.
 */
import { render } from 'preact';
import * as cast from '../agent/fixtures.ts';
import { Api } from '../api/http.ts';
import '../styles/index.css';
import { ChangeChannelDialog } from '../agent/ChangeChannelDialog.tsx';
import { DeskPage } from '../agent/DeskPage.tsx';
import { SetupPage, SignInPage } from '../agent/Door.tsx';
import { InviteDialog } from '../agent/InviteDialog.tsx';
import { dress, theme } from '../agent/looks.ts';
import { RequestChatDialog } from '../agent/RequestChatDialog.tsx';
import { setServerNow } from '../core/clock.ts';
import { Desk } from '../core/desk.ts';
import { dir, loadCatalogue } from '../core/i18n.ts';
import { memoryShelf } from '../core/shelf.ts';
import { FixedLink } from './fixed-link.ts';

const asked = new URLSearchParams(location.search);
const view = asked.get('view') ?? 'desk';
setServerNow(cast.now_ms);
await dress();
if (asked.has('lang')) await loadCatalogue('agent', asked.get('lang')!);
theme.value = (asked.get('theme') as typeof theme.value | null) ?? 'light';
if (asked.get('dir') === 'rtl') dir.value = 'rtl';

const chats = {
  elin: { chat: { ...cast.elin, unread: 2, read: 4, seen: 4 }, entries: cast.elinsLog },
  jonas: { chat: cast.jonas, entries: cast.jonasLog },
  priya: { chat: cast.priya, entries: cast.priyasLog },
  asked: { chat: cast.tobias, entries: cast.tobiasLog },
  mei: { chat: cast.mei, entries: cast.meisLog },
  noor: { chat: { ...cast.mei, id: 'noor', can: ['decline' as const, 'join' as const] }, entries: cast.meisLog },
  lucia: { chat: { ...cast.mei, id: 'lucia', can: ['decline' as const, 'join' as const] }, entries: cast.meisLog },
  closed: { chat: cast.closed, entries: cast.closedLog },
};
const link = new FixedLink(chats, cast.people);
const fetcher = (address: string) => {
  const body = address.endsWith('/channels')
    ? { channels: cast.movable }
    : address.endsWith('/invitees')
      ? { people: cast.invitees }
      : address.includes('/customers/')
        ? { ...cast.elinSandvik, next: 'more' }
        : { chats: cast.archived, next: 'more', ...cast.supervisor };
  return Promise.resolve(Response.json(body));
};
const waiting = ['tobias', 'lucia', 'noor', 'priya', 'hanne', 'mei', 'arne', 'hidden'];
const requests = asked.has('empty') ? [] : waiting.map(cast.request);
const me = { ...cast.ines, availability: (asked.get('availability') ?? 'internal_and_external') as never };

sessionStorage.setItem(
  'deskbell:windows:ines',
  JSON.stringify(
    (asked.get('open') ?? 'jonas,elin')
      .split(',')
      .filter(Boolean)
      .map((chat) => ({ chat, open: true })),
  ),
);
if (asked.has('draft')) sessionStorage.setItem('deskbell:draft:elin', asked.get('draft')!);
else sessionStorage.removeItem('deskbell:draft:elin');
if (asked.has('note')) sessionStorage.setItem('deskbell:draft:elin:note', 'yes');
else sessionStorage.removeItem('deskbell:draft:elin:note');

if (view === 'archive') history.replaceState(null, '', `/agent/archive${location.search}`);
if (view === 'own-window') history.replaceState(null, '', `/agent/chat/elin${location.search}`);
if (view === 'customer') history.replaceState(null, '', `/agent/customers/elin-sandvik${location.search}`);
if (view === 'archived') history.replaceState(null, '', `/agent/archive/closed${location.search}`);
dispatchEvent(new PopStateEvent('popstate'));

function page() {
  if (view === 'sign-in') {
    const wrong = { say: 'Login and password do not match.', needsCode: false };
    return <SignInPage onSignIn={async () => wrong} onForgotten={() => {}} />;
  }
  if (view === 'setup') return <SetupPage onSetup={async () => undefined} />;
  const shelf = asked.has('draft') ? undefined : memoryShelf();
  const desk = new Desk(me, new Api('agent', undefined, fetcher as never), { link, ...(shelf ? { shelf } : {}) });
  const chats = asked.has('empty') ? [] : [...cast.moreSummaries, ...cast.summaries];
  link.tell({ op: 'welcome', me, epoch: 1, heartbeat_s: 10, now: cast.now_ms });
  link.tell({ op: 'desk', me, requests, chats });
  if (asked.has('typing')) setTimeout(() => link.tell({ op: 'typing', chat: 'elin', who: 1, note: false }), 300);
  Object.assign(window, { desk, link, cast });
  return (
    <>
      <DeskPage desk={desk} door={{ signOut: async () => {}, ended: () => {} }} />
      {dialog()}
    </>
  );
}

function dialog() {
  const nothing = async () => undefined;
  switch (asked.get('over')) {
    case 'request':
      return (
        <RequestChatDialog
          person={{ id: 'hanne', name: 'Hanne Dahl', kind: 'customer_user' }}
          channels={[cast.travel, cast.freight]}
          onSend={async () => 'This person is not available right now. Try again later, or ask somebody else.'}
          onClose={() => {}}
        />
      );
    case 'invite':
      return <InviteDialog fetch={async () => cast.invitees} onInvite={nothing} onClose={() => {}} />;
    case 'channel':
      return (
        <ChangeChannelDialog chat={cast.elin} fetch={async () => cast.movable} onMove={nothing} onClose={() => {}} />
      );
    default:
      return null;
  }
}

render(page(), document.getElementById('app')!);
