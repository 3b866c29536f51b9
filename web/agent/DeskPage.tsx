import { useEffect, useMemo, useRef, useState } from 'preact/hooks';
import { Account } from '../account/Account.tsx';
import type { RequestView } from '../api/types.ts';
import type { Desk } from '../core/desk.ts';
import { choose, writtenAs } from '../core/format.ts';
import { lang, t } from '../core/i18n.ts';
import { permission } from '../core/notify.ts';
import { portrait } from '../core/portraits.ts';
import { browserShelf } from '../core/shelf.ts';
import { Button } from '../ui/Button.tsx';
import { Notice } from '../ui/Notice.tsx';
import { Administration } from './Administration.tsx';
import { AvailabilitySwitch } from './AvailabilitySwitch.tsx';
import { ArchivedChatPage, ArchivePage } from './archive-pages.tsx';
import { ChatDock } from './ChatDock.tsx';
import { ChatPage } from './ChatPage.tsx';
import { ChatsItem } from './ChatsItem.tsx';
import { CustomerPage } from './CustomerPage.tsx';
import { foreignDesk } from './foreign-desk.ts';
import { GlobalSearch } from './GlobalSearch.tsx';
import { Home } from './Home.tsx';
import { layout, room } from './layout.ts';
import { speak } from './looks.ts';
import { MyTicketsWidget } from './MyTickets.tsx';
import { NewTicketPage } from './NewTicketPage.tsx';
import { keepNoticed } from './notices.ts';
import { type Over, OverPage } from './OverPage.tsx';
import { PageHead } from './PageHead.tsx';
import { PeopleWidget } from './PeopleWidget.tsx';
import { PersonalMenu } from './PersonalMenu.tsx';
import { Rail } from './Rail.tsx';
import { Receives } from './Receives.tsx';
import { RequestList } from './RequestList.tsx';
import { go, pathTo, route } from './routes.ts';
import { SearchPage } from './SearchPage.tsx';
import { Shell } from './Shell.tsx';
import { SupervisorWidget } from './Supervisor.tsx';
import type { Door } from './session.ts';
import { listen } from './shortcuts.ts';
import { TicketPage } from './TicketPage.tsx';
import { TicketsPage } from './TicketsPage.tsx';
import { Windows } from './windows.ts';
import { Work } from './work.ts';

/** The desk with everything on it, held to what the server says. */
export function DeskPage({ desk, door }: { desk: Desk; door: Pick<Door, 'signOut' | 'ended'> }) {
  const work = useMemo(() => new Work(desk, new Windows(browserShelf('tab'), desk.me.peek().id)), [desk]);
  const [over, setOver] = useState<Over>();
  const close = () => setOver(undefined);
  useEffect(() => keepNoticed(desk, work.windows, (chat) => show(chat, work, setOver)), [desk]);
  useEffect(() => listen((what) => act(what, setOver)), []);
  useEffect(() => work.windows.fit(room.value), [room.value]);
  useUncovered(work.windows);
  useEffect(() => work.windows.know(desk.chats.value.map(({ id }) => id)), [desk.chats.value]);
  useEffect(() => {
    if (desk.ended.value === 'signed_out' || desk.ended.value === 'revoked') door.ended();
  }, [desk.ended.value]);

  const me = desk.me.value;
  const { language, zone, dates } = me.profile ?? {};
  // Before anything below is written.
  useMemo(() => choose(zone, writtenAs(dates)), [zone, dates]);
  useEffect(() => speak(language), [language]);
  useEffect(() => {
    foreignDesk.value = me.foreign_desk;
  }, [me.foreign_desk]);
  const isElsewhere = me.foreign_desk !== undefined && (route.value.at === 'tickets' || route.value.at === 'ticket');
  const availability = me.availability ?? 'unavailable';
  const takeChats = () => void work.setAvailability('internal_and_external');
  const chooseChannels = () => setOver({ is: 'channels' });
  const chooseNotices = () => setOver({ is: 'notices' });
  const addable = (me.channels ?? []).filter(({ selected }) => !selected).map(({ channel }) => channel.id);

  const unavailable = (words: string) => (
    <Notice
      kind="lamp"
      action={
        <Button size="small" onClick={takeChats}>
          {t('agent-take-chats')}
        </Button>
      }
    >
      {words}
    </Notice>
  );
  const requests = (title: string, done?: () => void) => (
    <>
      <RequestList
        title={title}
        requests={desk.requests.value}
        addable={addable}
        accepting={work.accepting.value}
        onAccept={async (request) => {
          if (await work.accept(request.chat)) done?.();
        }}
        onJoin={async (request, role) => {
          if (await work.join(request.chat, role)) done?.();
        }}
        onDecline={(request) => void work.decline(request.chat)}
        onHide={(request, hidden) => void work.hide(request.chat, hidden)}
        onPreview={(request) => setOver({ is: 'preview', request })}
        onAddChannel={(channel) => void work.addChannel(channel)}
      />
      {availability !== 'internal_and_external' &&
        desk.requests.value.some(isOutOfReach) &&
        unavailable(t('agent-not-taking'))}
    </>
  );

  if (route.value.at === 'chat') {
    return (
      <>
        <ChatPage chat={route.value.chat} work={work} onOver={setOver} />
        {over && <OverPage over={over} work={work} door={door} close={close} />}
      </>
    );
  }

  return (
    <>
      <Shell
        connection={desk.state.value}
        rail={
          <Rail
            route={route.value}
            administers={me.administers === true}
            tickets={me.foreign_desk === undefined}
            chats={
              <ChatsItem waiting={desk.waiting.value.length}>
                {(putAway) => requests(t('agent-request-list'), putAway)}
              </ChatsItem>
            }
            person={
              <PersonalMenu
                me={me}
                onAvailability={(value) => void work.setAvailability(value)}
                onChannels={chooseChannels}
                onNotices={chooseNotices}
                onOutOfOffice={() => setOver({ is: 'out-of-office' })}
                onAccount={() => go({ at: 'account' })}
                onLanguage={(code) => void work.chooseLanguage(code)}
                picture={me.picture ? portrait(desk.api, me.id, me.picture).value : undefined}
                onSignOut={() => setOver({ is: 'sign-out' })}
              />
            }
          />
        }
        search={<GlobalSearch />}
        availability={
          <AvailabilitySwitch value={availability} onChange={(value) => void work.setAvailability(value)} />
        }
        dock={<ChatDock work={work} onOver={setOver} />}
      >
        {me.reminds && unavailable(t('agent-unavailable-reminder'))}
        {route.value.at === 'admin' &&
          (me.administers ? (
            <Administration api={desk.api} part={route.value.part} />
          ) : (
            <Notice>{t('agent-admin-not-yours')}</Notice>
          ))}
        {route.value.at === 'account' && (
          <>
            <PageHead title={t('agent-account')} />
            <Account>
              {({ AccountPage }) => (
                <AccountPage
                  key={lang.value}
                  api={desk.api}
                  me={me}
                  onChanged={() => desk.lookAtMe()}
                  onSignOut={() => setOver({ is: 'sign-out' })}
                />
              )}
            </Account>
          </>
        )}
        {route.value.at === 'search' && <SearchPage desk={desk} q={route.value.q} />}
        {route.value.at === 'archive' && <ArchivePage desk={desk} />}
        {route.value.at === 'archived' && (
          <ArchivedChatPage key={route.value.chat} work={work} chat={route.value.chat} onOver={setOver} />
        )}
        {isElsewhere && <Notice>{t('problem-tickets_elsewhere')}</Notice>}
        {!isElsewhere && route.value.at === 'tickets' && (
          <TicketsPage key={pathTo(route.value)} desk={desk} owner={route.value.owner} />
        )}
        {!isElsewhere && route.value.at === 'ticket' && (
          <TicketPage key={route.value.ticket} work={work} ticket={route.value.ticket} onOver={setOver} />
        )}
        {route.value.at === 'new-ticket' && <NewTicketPage key={pathTo(route.value)} work={work} of={route.value} />}
        {route.value.at === 'customer' && (
          <CustomerPage key={route.value.customer} work={work} customer={route.value.customer} onOver={setOver} />
        )}
        {route.value.at === 'home' && (
          <Home
            requests={desk.requests.value.filter(({ hidden }) => !hidden)}
            chats={desk.chats.value}
            unread={(chat) => chat.unread}
            onShow={(chat) => work.windows.show(chat)}
            waiting={requests(t('agent-waiting-requests'))}
            people={<PeopleWidget desk={desk} onChat={(person) => setOver({ is: 'request-chat', person })} />}
            supervisor={(me.channels ?? []).length > 0 && <SupervisorWidget desk={desk} />}
            tickets={me.foreign_desk === undefined && <MyTicketsWidget desk={desk} />}
            receives={
              <Receives
                me={me}
                onTakeChats={takeChats}
                onChannels={chooseChannels}
                permission={permission.value}
                onNotices={chooseNotices}
              />
            }
          />
        )}
      </Shell>
      {over && <OverPage over={over} work={work} door={door} close={close} />}
    </>
  );
}

/** Where a chat lies over everything, it makes way for the page that somebody goes to. */
function useUncovered(windows: Windows) {
  const first = useRef(true);
  useEffect(() => {
    if (!first.current && layout.peek() === 'sheet') {
      for (const { chat, open } of windows.list.peek()) if (open) windows.minimise(chat);
    }
    first.current = false;
  }, [route.value]);
}

/** What a notification was about: a chat of the agent's, or a request as long as it waits. */
function show(chat: string, { desk, windows }: Work, setOver: (over: Over) => void): void {
  const request = desk.requests.peek().find((waiting) => waiting.chat === chat);
  if (request !== undefined) setOver({ is: 'preview', request });
  else if (desk.chats.peek().some(({ id }) => id === chat)) windows.show(chat);
}

/** Requests of colleagues are for who takes internal chats too. */
const isOutOfReach = ({ is, hidden, can_accept }: RequestView) => !hidden && (is === 'generic' || !can_accept);

function act(what: 'sheet' | 'chats' | 'home' | 'archive', setOver: (over: Over) => void): void {
  if (what === 'sheet') setOver({ is: 'keys' });
  else if (what === 'chats') document.querySelector<HTMLElement>('.chats-item > button')?.click();
  else go({ at: what });
}
