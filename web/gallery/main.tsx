/**
 * For development only, no input of the build: the agent interface with one fixed state, to be looked at.
 * `/gallery.html?view=desk&open=elin,jonas&theme=dark&lang=de&dir=rtl`
 */
import { render } from 'preact';
import * as cast from '../agent/fixtures.ts';
import { Api } from '../api/http.ts';
import '../styles/index.css';
import { DeskPage } from '../agent/DeskPage.tsx';
import { SetupPage, SignInPage } from '../agent/Door.tsx';
import { dress, theme } from '../agent/looks.ts';
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
  elin: { chat: { ...cast.elin, unread: 2, read: 4 }, entries: cast.elinsLog },
  jonas: { chat: cast.jonas, entries: cast.jonasLog },
  priya: { chat: cast.priya, entries: cast.priyasLog },
  closed: { chat: cast.closed, entries: cast.closedLog },
};
const link = new FixedLink(chats, cast.people);
const fetcher = () => Promise.resolve(Response.json({ chats: cast.archived, next: 'more', ...cast.supervisor }));
const requests = asked.has('empty') ? [] : ['priya', 'hanne', 'mei', 'arne'].map(cast.request);
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
if (view === 'archived') history.replaceState(null, '', `/agent/archive/closed${location.search}`);
dispatchEvent(new PopStateEvent('popstate'));

function page() {
  if (view === 'sign-in') return <SignInPage onSignIn={async () => 'Login and password do not match.'} />;
  if (view === 'setup') return <SetupPage onSetup={async () => undefined} />;
  const shelf = asked.has('draft') ? undefined : memoryShelf();
  const desk = new Desk(me, new Api('agent', undefined, fetcher as never), { link, ...(shelf ? { shelf } : {}) });
  const chats = asked.has('empty') ? [] : cast.summaries;
  link.tell({ op: 'welcome', me, epoch: 1, heartbeat_s: 10, now: cast.now_ms });
  link.tell({ op: 'desk', me, requests, chats });
  if (asked.has('typing')) setTimeout(() => link.tell({ op: 'typing', chat: 'elin', who: 1, note: false }), 300);
  Object.assign(window, { desk, link, cast });
  return <DeskPage desk={desk} door={{ signOut: async () => {}, ended: () => {} }} />;
}

render(page(), document.getElementById('app')!);
