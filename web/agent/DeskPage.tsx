import { useEffect, useMemo, useState } from 'preact/hooks';
import type { RequestView } from '../api/generated.ts';
import type { ChatVerb } from '../core/chat.ts';
import type { Desk } from '../core/desk.ts';
import { t } from '../core/i18n.ts';
import { browserShelf } from '../core/shelf.ts';
import { Button } from '../ui/Button.tsx';
import { Notice } from '../ui/Notice.tsx';
import { say } from '../ui/Toasts.tsx';
import { AvailabilitySwitch } from './AvailabilitySwitch.tsx';
import { ArchivedChatPage, ArchivePage } from './archive-pages.tsx';
import { ChatDock } from './ChatDock.tsx';
import { ChatsItem } from './ChatsItem.tsx';
import { Confirm } from './Confirm.tsx';
import { Home } from './Home.tsx';
import { KeysDialog } from './KeysDialog.tsx';
import { room } from './layout.ts';
import { MyChannels } from './MyChannels.tsx';
import { whomOf } from './members.ts';
import { askPermission, keepNoticed, permission } from './notices.ts';
import { PersonalMenu } from './PersonalMenu.tsx';
import { PreviewDialog } from './PreviewDialog.tsx';
import { Rail } from './Rail.tsx';
import { Receives } from './Receives.tsx';
import { RequestList } from './RequestList.tsx';
import { go, route } from './routes.ts';
import { Shell } from './Shell.tsx';
import type { Door } from './session.ts';
import { listen } from './shortcuts.ts';
import { Windows } from './windows.ts';
import { problemOf, Work } from './work.ts';

/** What lies over the page; one at a time. */
type Over =
  | { is: 'preview'; request: RequestView }
  | { is: 'channels' }
  | { is: 'keys' }
  | { is: 'sign-out' }
  | { is: 'act'; chat: string; verb: Exclude<ChatVerb, 'accept'> };

/** The desk with everything on it, held to what the server says. */
export function DeskPage({ desk, door }: { desk: Desk; door: Pick<Door, 'signOut' | 'ended'> }) {
  const work = useMemo(() => new Work(desk, new Windows(browserShelf('tab'), desk.me.peek().id)), [desk]);
  const [over, setOver] = useState<Over>();
  const close = () => setOver(undefined);
  useEffect(() => keepNoticed(desk, work.windows), [desk]);
  useEffect(() => listen((what) => act(what, setOver)), []);
  useEffect(() => work.windows.fit(room.value), [room.value]);
  useEffect(() => work.windows.know(desk.chats.value.map(({ id }) => id)), [desk.chats.value]);
  useEffect(() => {
    if (desk.ended.value === 'signed_out' || desk.ended.value === 'revoked') door.ended();
  }, [desk.ended.value]);

  const me = desk.me.value;
  const availability = me.availability ?? 'unavailable';
  const takeChats = () => void work.setAvailability('internal_and_external');
  const chooseChannels = () => setOver({ is: 'channels' });
  const addable = (me.channels ?? []).filter(({ selected }) => !selected).map(({ channel }) => channel.id);

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
        onPreview={(request) => setOver({ is: 'preview', request })}
        onAddChannel={(channel) => void work.addChannel(channel)}
      />
      {availability !== 'internal_and_external' && desk.requests.value.length > 0 && (
        <Notice
          kind="lamp"
          action={
            <Button size="small" onClick={takeChats}>
              {t('agent-take-chats')}
            </Button>
          }
        >
          {t('agent-not-taking')}
        </Notice>
      )}
    </>
  );

  return (
    <>
      <Shell
        connection={desk.state.value}
        rail={
          <Rail
            route={route.value}
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
                onSignOut={() => setOver({ is: 'sign-out' })}
              />
            }
          />
        }
        availability={
          <AvailabilitySwitch value={availability} onChange={(value) => void work.setAvailability(value)} />
        }
        dock={<ChatDock work={work} onAct={(chat, verb) => setOver({ is: 'act', chat, verb })} />}
      >
        {route.value.at === 'archive' && <ArchivePage desk={desk} />}
        {route.value.at === 'archived' && (
          <ArchivedChatPage key={route.value.chat} work={work} chat={route.value.chat} />
        )}
        {route.value.at === 'home' && (
          <Home
            requests={desk.requests.value}
            chats={desk.chats.value}
            unread={(chat) => desk.unreadIn(chat)}
            onShow={(chat) => work.windows.show(chat)}
            waiting={requests(t('agent-waiting-requests'))}
            receives={<Receives me={me} onTakeChats={takeChats} onChannels={chooseChannels} />}
          />
        )}
      </Shell>
      {over && <OverPage over={over} work={work} door={door} close={close} />}
    </>
  );
}

interface OverPageProps {
  over: Over;
  work: Work;
  door: Pick<Door, 'signOut'>;
  close: () => void;
}

function OverPage({ over, work, door, close }: OverPageProps) {
  const { desk } = work;
  switch (over.is) {
    case 'preview':
      return <PreviewDialog work={work} request={over.request} onClose={close} />;
    case 'keys':
      return <KeysDialog onClose={close} />;
    case 'channels':
      return (
        <MyChannels
          channels={desk.me.value.channels ?? []}
          notifications={permission.value}
          onNotifications={() => void askPermission()}
          onSave={(channels) => work.setChannels(channels)}
          onClose={close}
        />
      );
    case 'sign-out':
      return <SignOut desk={desk} door={door} close={close} />;
    case 'act':
      return <ConfirmAct {...over} work={work} close={close} />;
  }
}

function SignOut({ desk, door, close }: { desk: Desk; door: Pick<Door, 'signOut'>; close: () => void }) {
  const running = desk.chats.value.filter(({ state }) => state === 'open').length;
  const signOut = async () => {
    try {
      await door.signOut();
    } catch (error) {
      say(problemOf(error), 'danger');
    }
  };
  useEffect(() => {
    if (running === 0) void signOut().then(close);
  }, []);
  if (running === 0) return null;
  return (
    <Confirm
      title={t('agent-sign-out-title')}
      text={t('agent-sign-out-text', { count: running })}
      action={t('agent-sign-out')}
      onConfirm={signOut}
      onClose={close}
    />
  );
}

interface ConfirmActProps {
  chat: string;
  verb: Exclude<ChatVerb, 'accept'>;
  work: Work;
  close: () => void;
}

function ConfirmAct({ chat, verb, work, close }: ConfirmActProps) {
  const view = work.desk.find(chat)?.view.value;
  const name = (view && whomOf(view)?.name) ?? '';
  const words = {
    close: ['agent-close-title', 'agent-close-text', 'agent-close-chat'],
    leave: ['agent-leave-title', 'agent-leave-text', 'agent-leave'],
    hand_back: ['agent-hand-back-title', 'agent-hand-back-text', 'agent-hand-back-go'],
  } as const;
  const [title, text, action] = words[verb];
  return (
    <Confirm
      title={t(title, { name })}
      text={t(text, { channel: view?.channel.name ?? '' })}
      action={t(action)}
      danger={verb === 'close'}
      onConfirm={() => work.act(chat, verb)}
      onClose={close}
    />
  );
}

function act(what: 'sheet' | 'chats' | 'home' | 'archive', setOver: (over: Over) => void): void {
  if (what === 'sheet') setOver({ is: 'keys' });
  else if (what === 'chats') document.querySelector<HTMLElement>('.chats-item > button')?.click();
  else go({ at: what });
}
