import { useEffect } from 'preact/hooks';
import type { RequestView } from '../api/types.ts';
import type { ChatVerb } from '../core/chat.ts';
import type { Desk } from '../core/desk.ts';
import { t } from '../core/i18n.ts';
import { say } from '../ui/Toasts.tsx';
import { Confirm } from './Confirm.tsx';
import { KeysDialog } from './KeysDialog.tsx';
import { MyChannels } from './MyChannels.tsx';
import { whomOf } from './members.ts';
import { askPermission, permission } from './notices.ts';
import { OutOfOffice } from './OutOfOffice.tsx';
import { PreviewDialog } from './PreviewDialog.tsx';
import type { Door } from './session.ts';
import { problemOf, type Work } from './work.ts';

/** What lies over the page; one at a time. */
export type Over =
  | { is: 'preview'; request: RequestView }
  | { is: 'channels' }
  | { is: 'out-of-office' }
  | { is: 'keys' }
  | { is: 'sign-out' }
  | { is: 'act'; chat: string; verb: Exclude<ChatVerb, 'accept'> };

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
          notifications={permission.value}
          onNotifications={() => void askPermission()}
          onSave={(channels) => work.setChannels(channels)}
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
