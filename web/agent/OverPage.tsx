import { useEffect } from 'preact/hooks';
import type { RequestView, TicketRef } from '../api/types.ts';
import type { Desk } from '../core/desk.ts';
import { t } from '../core/i18n.ts';
import { askPermission, permission } from '../core/notify.ts';
import { setSound, wantsSound } from '../core/sound.ts';
import { say } from '../ui/Toasts.tsx';
import { AppendDialog } from './AppendDialog.tsx';
import { ChangeChannelDialog } from './ChangeChannelDialog.tsx';
import { Confirm } from './Confirm.tsx';
import { DownloadDialog } from './DownloadDialog.tsx';
import { InviteDialog } from './InviteDialog.tsx';
import { KeysDialog } from './KeysDialog.tsx';
import { MailDialog } from './MailDialog.tsx';
import { MyChannels } from './MyChannels.tsx';
import { awaited, whomOf } from './members.ts';
import { NoticeSettings } from './NoticeSettings.tsx';
import { tryNotices } from './notices.ts';
import { OutOfOffice } from './OutOfOffice.tsx';
import { PreviewDialog } from './PreviewDialog.tsx';
import { type Askable, RequestChatDialog } from './RequestChatDialog.tsx';
import type { Door } from './session.ts';
import { type AskFirst, problemOf, type Work } from './work.ts';

/** What lies over the page; one at a time. */
export type Over =
  | { is: 'preview'; request: RequestView }
  | { is: 'channels' }
  | { is: 'notices' }
  | { is: 'out-of-office' }
  | { is: 'keys' }
  | { is: 'sign-out' }
  | { is: 'request-chat'; person: Askable; ticket?: TicketRef }
  | { is: 'invite'; chat: string }
  | { is: 'channel'; chat: string }
  | { is: 'append'; chat: string }
  | { is: 'download'; chat: string }
  | { is: 'mail'; chat: string }
  | { is: 'redact'; chat: string; seq: number }
  | { is: 'act'; chat: string; verb: AskFirst };

interface OverPageProps {
  over: Over;
  work: Work;
  door: Pick<Door, 'signOut'>;
  close: () => void;
}

export function OverPage({ over, work, door, close }: OverPageProps) {
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
          onSave={(channels) => work.setChannels(channels)}
          onClose={close}
        />
      );
    case 'notices':
      return (
        <NoticeSettings
          permission={permission.value}
          onAllow={() => void askPermission()}
          sound={wantsSound()}
          onSound={setSound}
          onTry={tryNotices}
          onClose={close}
        />
      );
    case 'out-of-office':
      return (
        <OutOfOffice
          absence={desk.me.value.out_of_office}
          onSave={(absence) => work.setOutOfOffice(absence)}
          onClose={close}
        />
      );
    case 'sign-out':
      return <SignOut desk={desk} door={door} close={close} />;
    case 'request-chat':
      return (
        <RequestChatDialog
          person={over.person}
          ticket={over.ticket}
          channels={(desk.me.value.channels ?? []).map(({ channel }) => channel)}
          onSend={(text, channel) => work.request(over.person.id, text, { channel, ticket: over.ticket?.id })}
          onClose={close}
        />
      );
    case 'invite':
      return (
        <InviteDialog
          fetch={async () => (await desk.api.call('GET /api/chats/{chat}/invitees', { chat: over.chat })).people}
          onInvite={async (whom, name) => {
            const problem = await work.invite(over.chat, whom);
            if (problem === undefined) say(t('agent-invited', { name }));
            return problem;
          }}
          onClose={close}
        />
      );
    case 'channel':
      return <ChangeChannel chat={over.chat} work={work} close={close} />;
    case 'append':
      return <AppendDialog work={work} chat={over.chat} onClose={close} />;
    case 'download':
      return <DownloadDialog onDownload={(form) => work.download(over.chat, form)} onClose={close} />;
    case 'mail':
      return <MailDialog work={work} chat={over.chat} onClose={close} />;
    case 'redact':
      return (
        <Confirm
          title={t('agent-redact-title')}
          text={t('agent-redact-text')}
          action={t('agent-redact-do')}
          danger
          onConfirm={() => work.redact(over.chat, over.seq)}
          onClose={close}
        />
      );
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

function ChangeChannel({ chat, work, close }: { chat: string; work: Work; close: () => void }) {
  const view = work.desk.find(chat)?.view.value;
  if (view === undefined) return null;
  return (
    <ChangeChannelDialog
      chat={view}
      fetch={() => work.channelsFor(chat)}
      onMove={async ({ id, name: channel }) => {
        const problem = await work.move(chat, id);
        if (problem === undefined) say(t('agent-moved-running', { name: whomOf(view)?.name ?? '', channel }));
        return problem;
      }}
      onClose={close}
    />
  );
}

interface ConfirmActProps {
  chat: string;
  verb: AskFirst;
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
    withdraw: ['agent-withdraw-title', 'agent-withdraw-text', 'agent-withdraw'],
  } as const;
  const [title, text, action] = words[view && awaited(view) ? 'withdraw' : verb];
  return (
    <Confirm
      title={t(title, { name })}
      text={t(text, { name, channel: view?.channel.name ?? '' })}
      action={t(action)}
      danger={verb === 'close'}
      onConfirm={() => work.act(chat, verb)}
      onClose={close}
    />
  );
}
