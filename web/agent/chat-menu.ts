/** What can be done with a chat, and where it cannot be done now, why. */
import ArrowRightLeft from 'lucide/dist/esm/icons/arrow-right-left.mjs';
import Close from 'lucide/dist/esm/icons/circle-check.mjs';
import Eye from 'lucide/dist/esm/icons/eye.mjs';
import FileDown from 'lucide/dist/esm/icons/file-down.mjs';
import HandBack from 'lucide/dist/esm/icons/forward.mjs';
import LogOut from 'lucide/dist/esm/icons/log-out.mjs';
import Mail from 'lucide/dist/esm/icons/mail.mjs';
import MessageCircle from 'lucide/dist/esm/icons/message-circle.mjs';
import Phone from 'lucide/dist/esm/icons/phone.mjs';
import OwnWindow from 'lucide/dist/esm/icons/picture-in-picture-2.mjs';
import TicketPlus from 'lucide/dist/esm/icons/ticket-plus.mjs';
import Undo from 'lucide/dist/esm/icons/undo-2.mjs';
import UserRoundPlus from 'lucide/dist/esm/icons/user-round-plus.mjs';
import type { ChatCan, ChatView, Notify, Role } from '../api/types.ts';
import { t } from '../core/i18n.ts';
import type { MenuItem, MenuSection } from '../ui/Menu.tsx';
import { awaited, isAmongAgents, roleOf } from './members.ts';
import type { AskFirst } from './work.ts';

export interface ChatVerbs {
  onInvite: () => void;
  onChangeChannel: () => void;
  onRole: (role: Role) => void;
  onNotify: (notify: Notify) => void;
  /** Absent where the chat has its own window already. */
  onOwnWindow?: (() => void) | undefined;
  onAppend: () => void;
  onNewTicket: () => void;
  onDownload: () => void;
  /** Absent where no mail server is set. */
  onMail?: (() => void) | undefined;
  /** Asks first. */
  onAct: (verb: AskFirst) => void;
}

export function chatMenu(chat: ChatView, verbs: ChatVerbs): MenuSection[] {
  const role = roleOf(chat);
  const running = role !== undefined && chat.state !== 'closed';
  const item = (can: ChatCan, rest: Omit<MenuItem, 'why'>): MenuItem[] =>
    running ? [{ ...rest, why: chat.can.includes(can) ? undefined : whyNot(can, chat) }] : [];
  const switching: MenuItem[] =
    role === 'observer'
      ? item('participate', {
          label: t('agent-to-participant'),
          icon: MessageCircle,
          onPick: () => verbs.onRole('participant'),
        })
      : item('observe', { label: t('agent-to-observer'), icon: Eye, onPick: () => verbs.onRole('observer') });
  const own = verbs.onOwnWindow;
  const sections: MenuItem[][] = awaited(chat)
    ? [
        [],
        item('close', { label: t('agent-withdraw'), icon: Undo, kind: 'danger', onPick: () => verbs.onAct('close') }),
      ]
    : [
        [
          ...item('invite', { label: `${t('agent-invite')} …`, icon: UserRoundPlus, onPick: verbs.onInvite }),
          ...(isAmongAgents(chat)
            ? []
            : item('move', {
                label: `${t('agent-change-channel')} …`,
                icon: ArrowRightLeft,
                onPick: verbs.onChangeChannel,
              })),
          ...switching,
          ...(isAmongAgents(chat)
            ? []
            : item('hand_back', {
                label: t('agent-hand-back'),
                icon: HandBack,
                onPick: () => verbs.onAct('hand_back'),
              })),
        ],
        [
          ...item('leave', { label: t('agent-leave'), icon: LogOut, onPick: () => verbs.onAct('leave') }),
          ...item('close', {
            label: t('agent-close-chat'),
            icon: Close,
            kind: 'danger',
            onPick: () => verbs.onAct('close'),
          }),
        ],
      ];
  sections.splice(1, 0, takeAway(chat, verbs));
  if (own) sections[0]?.push({ label: t('agent-own-window'), icon: OwnWindow, onPick: own });
  return sections.filter((items) => items.length > 0).map((items) => ({ items }));
}

/** Where what was said ends; also once the chat is closed. */
export function takeAway(
  chat: ChatView,
  verbs: Pick<ChatVerbs, 'onAppend' | 'onNewTicket' | 'onDownload' | 'onMail'>,
): MenuItem[] {
  const item = (can: ChatCan, rest: Omit<MenuItem, 'why'>): MenuItem[] => {
    if (roleOf(chat) === undefined && !chat.can.includes(can)) return [];
    return [{ ...rest, why: chat.can.includes(can) ? undefined : whyNot(can, chat) }];
  };
  return [
    ...item('append_to_ticket', { label: `${t('agent-append')} …`, icon: TicketPlus, onPick: verbs.onAppend }),
    ...item('append_to_ticket', {
      label: `${t('agent-phone-ticket-of-chat')} …`,
      icon: Phone,
      onPick: verbs.onNewTicket,
    }),
    ...item('transcript', { label: `${t('agent-download')} …`, icon: FileDown, onPick: verbs.onDownload }),
    ...item('mail', { label: `${t('agent-mail')} …`, icon: Mail, onPick: verbs.onMail ?? (() => {}) }).map((it) =>
      verbs.onMail ? it : { ...it, why: t('agent-why-no-mail') },
    ),
  ];
}

/** What this agent may want to be told of: among agents there is no customer, and observers are told of nothing. */
export function notifyMenu(chat: ChatView, onNotify: (notify: Notify) => void): MenuSection[] {
  const choices: readonly Notify[] = isAmongAgents(chat) ? ['all', 'off'] : ['all', 'customer', 'off'];
  return [
    {
      heading: t('agent-notify'),
      items: choices.map((is) => ({
        label: t('agent-notify-about', { is }),
        checked: (chat.notify ?? 'all') === is,
        onPick: () => onNotify(is),
      })),
    },
  ];
}

/** The likeliest reason; the server has the last word. */
function whyNot(can: ChatCan, chat: ChatView): string {
  if (chat.state === 'requested') return t('agent-why-waits');
  if (can === 'leave' || can === 'observe') return t('agent-why-last', { among: isAmongAgents(chat) ? 'yes' : 'no' });
  if (roleOf(chat) === 'observer' && can !== 'participate') return t('agent-why-observer');
  return t('agent-why-right');
}
