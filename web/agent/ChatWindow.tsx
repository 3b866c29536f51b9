import ChevronDown from 'lucide/dist/esm/icons/chevron-down.mjs';
import Trash from 'lucide/dist/esm/icons/circle-check.mjs';
import Ellipsis from 'lucide/dist/esm/icons/ellipsis.mjs';
import Reply from 'lucide/dist/esm/icons/forward.mjs';
import LogOut from 'lucide/dist/esm/icons/log-out.mjs';
import Minus from 'lucide/dist/esm/icons/minus.mjs';
import X from 'lucide/dist/esm/icons/x.mjs';
import type { Ref } from 'preact';
import { useId, useState } from 'preact/hooks';
import type { ChatView } from '../api/types.ts';
import type { ChatVerb, Line, Typist } from '../core/chat.ts';
import { t } from '../core/i18n.ts';
import { Avatar } from '../ui/Avatar.tsx';
import { type Audience, Composer } from '../ui/Composer.tsx';
import { Icon } from '../ui/Icon.tsx';
import { IconButton } from '../ui/IconButton.tsx';
import { Log } from '../ui/Log.tsx';
import { Menu, type MenuItem } from '../ui/Menu.tsx';
import { TypingLine } from '../ui/TypingLine.tsx';
import { ChatDetails } from './ChatDetails.tsx';
import { ClosedFoot } from './ClosedFoot.tsx';
import { titleOf, whomOf } from './members.ts';
import './chat-window.css';

/** What an agent may write at once, in code points. */
const LIMIT = 10_000;

export interface ChatWindowProps {
  chat: ChatView;
  lines: readonly Line[];
  typing: readonly Typist[];
  older?: (() => Promise<void>) | undefined;
  draft: string;
  audience: Audience;
  field?: Ref<HTMLTextAreaElement>;
  onDraft: (text: string) => void;
  onAudience: (audience: Audience) => void;
  onSend: (text: string) => void;
  onRetry: (line: Line) => void;
  onSeen: () => void;
  /** Closing and leaving ask first. */
  onAct: (verb: Exclude<ChatVerb, 'accept'>) => void;
  /** For a chat that waits again. */
  onAccept: () => void;
  onMinimise: () => void;
  /** Puts a window away whose chat is over. */
  onRemove: () => void;
}

/** One chat: who takes part, the history, and where one writes. */
export function ChatWindow(props: ChatWindowProps) {
  const { chat, lines, typing, older, draft, audience, field } = props;
  const details = useId();
  const [open, setOpen] = useState(false);
  const whom = whomOf(chat);
  const title = titleOf(chat);
  const may = (['message', 'note'] as const).filter((it) => chat.can.includes(it === 'message' ? 'send' : 'note'));
  const writing = may.includes(audience) ? audience : (may[0] ?? 'message');
  const names = typing.flatMap(({ who }) => chat.members.find(({ n }) => n === who)?.name ?? []);

  return (
    <section class="chat" aria-label={t('agent-chat-with', { name: title })}>
      <div class="chat-head">
        {whom && (
          <Avatar
            name={whom.name}
            presence={whom.online ? 'active' : 'offline'}
            word={t(whom.online ? 'agent-here' : 'agent-not-here')}
          />
        )}
        <button
          type="button"
          class="chat-title"
          aria-expanded={open}
          aria-controls={details}
          onClick={() => setOpen(!open)}
        >
          <span>
            <bdi>{whom?.name ?? title}</bdi>
            <Icon of={ChevronDown} />
          </span>
          <small>
            <bdi>{subtitle(chat)}</bdi>
          </small>
        </button>
        <span class="chat-buttons">
          <Actions {...props} />
          <IconButton label={t('agent-minimise')} icon={Minus} onClick={props.onMinimise} />
          <CloseButton {...props} />
        </span>
      </div>
      <div id={details} hidden={!open}>
        {open && <ChatDetails chat={chat} />}
      </div>
      <Log
        label={t('agent-history', { name: title })}
        lines={lines}
        members={chat.members}
        side="agent"
        onOlder={older}
        onSeen={props.onSeen}
        onRetry={props.onRetry}
      />
      {may.length === 0 ? (
        <ClosedFoot chat={chat} onAccept={props.onAccept} onRemove={props.onRemove} />
      ) : (
        <div class="chat-foot">
          <TypingLine names={names} />
          <Composer
            text={draft}
            onText={props.onDraft}
            onSend={props.onSend}
            limit={LIMIT}
            prompt={t('agent-message-to', { name: whom?.name ?? title })}
            {...(field === undefined ? {} : { field })}
            choice={{
              audience: writing,
              onAudience: props.onAudience,
              everyone: t('agent-everyone', { name: whom?.name ?? title }),
              may,
            }}
          />
        </div>
      )}
    </section>
  );
}

function Actions({ chat, onAct }: ChatWindowProps) {
  const may: (MenuItem & { can: string })[] = [
    { can: 'hand_back', label: t('agent-hand-back'), icon: Reply, onPick: () => onAct('hand_back') },
    { can: 'leave', label: t('agent-leave'), icon: LogOut, onPick: () => onAct('leave') },
    { can: 'close', label: t('agent-close-chat'), icon: Trash, kind: 'danger', onPick: () => onAct('close') },
  ];
  const items = may.filter(({ can }) => (chat.can as string[]).includes(can));
  if (items.length === 0) return null;
  const [dangerous, harmless] = [items.filter(({ kind }) => kind), items.filter(({ kind }) => !kind)];
  return (
    <Menu
      label={t('agent-chat-menu')}
      look="icon-button"
      sections={[harmless, dangerous].filter((items) => items.length > 0).map((items) => ({ items }))}
    >
      <Icon of={Ellipsis} />
    </Menu>
  );
}

/** What X does depends on what one may do; where one may do nothing it puts the window away. */
function CloseButton({ chat, onAct, onRemove, onMinimise }: ChatWindowProps) {
  if (chat.state === 'closed' || chat.me === undefined) {
    return <IconButton label={t('agent-put-away')} icon={X} onClick={onRemove} />;
  }
  const verb = (['close', 'leave'] as const).find((verb) => chat.can.includes(verb));
  const label = verb === 'close' ? t('agent-close-chat') : verb === 'leave' ? t('agent-leave') : t('agent-minimise');
  return <IconButton label={label} icon={X} onClick={() => (verb ? onAct(verb) : onMinimise())} />;
}

function subtitle(chat: ChatView): string {
  const others = chat.members
    .filter((it) => it.present && it.kind === 'agent' && it.n !== chat.me)
    .map((it) => it.name);
  const place = [whomOf(chat)?.company, chat.channel.name].filter(Boolean).join(' · ');
  if (others.length === 0) return place;
  return t('agent-channel-with', { channel: place, count: others.length, name: others[0] ?? '' });
}
