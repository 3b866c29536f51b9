import Bell from 'lucide/dist/esm/icons/bell.mjs';
import BellOff from 'lucide/dist/esm/icons/bell-off.mjs';
import BellRing from 'lucide/dist/esm/icons/bell-ring.mjs';
import ChevronDown from 'lucide/dist/esm/icons/chevron-down.mjs';
import Ellipsis from 'lucide/dist/esm/icons/ellipsis.mjs';
import Minus from 'lucide/dist/esm/icons/minus.mjs';
import X from 'lucide/dist/esm/icons/x.mjs';
import type { ComponentChildren, Ref } from 'preact';
import { useId, useState } from 'preact/hooks';
import type { ChatView, Notify } from '../api/types.ts';
import type { Line, Typist } from '../core/chat.ts';
import { t } from '../core/i18n.ts';
import { Avatar } from '../ui/Avatar.tsx';
import { Button } from '../ui/Button.tsx';
import { Icon, type IconShapes } from '../ui/Icon.tsx';
import { IconButton } from '../ui/IconButton.tsx';
import { Log } from '../ui/Log.tsx';
import { Menu } from '../ui/Menu.tsx';
import { Notice } from '../ui/Notice.tsx';
import { TypingLine } from '../ui/TypingLine.tsx';
import { AgentComposer, type Audience } from './AgentComposer.tsx';
import { ChatDetails } from './ChatDetails.tsx';
import { ClosedFoot } from './ClosedFoot.tsx';
import { type ChatVerbs, chatMenu, notifyMenu } from './chat-menu.ts';
import { agents } from './entries.ts';
import { awaited, placeOf, roleOf, titleOf, whomOf } from './members.ts';
import { RedactButton } from './RedactButton.tsx';
import './chat-window.css';

export interface ChatWindowProps extends ChatVerbs {
  chat: ChatView;
  lines: readonly Line[];
  typing: readonly Typist[];
  older?: (() => Promise<void>) | undefined;
  draft: string;
  audience: Audience;
  field?: Ref<HTMLTextAreaElement>;
  onDraft: (text: string) => void;
  /** The writer looks elsewhere. */
  onPause?: () => void;
  onAudience: (audience: Audience) => void;
  onSend: (text: string) => void;
  onRetry: (line: Line) => void;
  onSeen: () => void;
  /** How a file looks that stands in place of a text. */
  file?: (line: Line) => ComponentChildren;
  /** The way to send a file, where this is read. */
  attach?: (audience: Audience) => ComponentChildren;
  /** Takes the text of an entry away. */
  onRedact: (seq: number) => void;
  /** For a chat that waits again. */
  onAccept: () => void;
  /** Absent where it fills the page. */
  onMinimise?: (() => void) | undefined;
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
  const waitsFor = awaited(chat);

  return (
    <section class="chat" aria-label={t('agent-chat-with', { name: title })}>
      <div class="chat-head">
        {whom && (
          <Avatar
            name={whom.name}
            presence={chat.state === 'closed' ? undefined : whom.online ? 'active' : 'offline'}
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
          <Menus {...props} />
          {props.onMinimise && <IconButton label={t('agent-minimise')} icon={Minus} onClick={props.onMinimise} />}
          <CloseButton {...props} />
        </span>
      </div>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a box that may scroll must be reachable by keyboard. */}
      <div id={details} class="chat-more" hidden={!open} tabIndex={0} role="group" aria-label={t('agent-participants')}>
        {open && <ChatDetails chat={chat} />}
      </div>
      <Log
        label={t('agent-history', { name: title })}
        lines={lines}
        members={chat.members}
        side={agents}
        seen={chat.seen}
        onOlder={older}
        onSeen={props.onSeen}
        onRetry={props.onRetry}
        file={props.file}
        beside={
          chat.can.includes('redact')
            ? ({ seq }) => seq && <RedactButton onClick={() => props.onRedact(seq)} />
            : undefined
        }
      />
      {waitsFor && (
        <div class="chat-waits" role="status">
          <Notice
            kind="lamp"
            action={
              chat.can.includes('close') && (
                <Button size="small" onClick={() => props.onAct('close')}>
                  {t('agent-withdraw')}
                </Button>
              )
            }
          >
            <strong>{t('agent-waiting-for', { name: waitsFor.name })}</strong>
            <br />
            {t('agent-waiting-for-text', { name: waitsFor.name })}
          </Notice>
        </div>
      )}
      {may.length === 0 ? (
        !waitsFor && <ClosedFoot chat={chat} onAccept={props.onAccept} onRemove={props.onRemove} />
      ) : (
        <div class="chat-foot" onFocusOut={() => props.onPause?.()}>
          <TypingLine names={names} />
          <AgentComposer
            text={draft}
            onText={props.onDraft}
            onSend={props.onSend}
            tools={props.attach?.(writing)}
            limit={chat.text_limit}
            prompt={t('agent-message-to', { name: whom?.name ?? title })}
            {...(field === undefined ? {} : { field })}
            audience={writing}
            onAudience={props.onAudience}
            everyone={t('agent-everyone', { name: whom?.name ?? title })}
            may={may}
          />
        </div>
      )}
    </section>
  );
}

const bells: Record<Notify, IconShapes> = { all: BellRing, customer: Bell, off: BellOff };

function Menus(props: ChatWindowProps) {
  const { chat } = props;
  const role = roleOf(chat);
  const sections = chatMenu(chat, props);
  const notify = chat.notify ?? 'all';
  return (
    <>
      {chat.state !== 'closed' && role !== undefined && role !== 'observer' && (
        <Menu
          label={`${t('agent-notify')}: ${t('agent-notify-about', { is: notify })}`}
          look="icon-button"
          sections={notifyMenu(chat, props.onNotify)}
        >
          <Icon of={bells[notify]} />
        </Menu>
      )}
      {sections.length > 0 && (
        <Menu label={t('agent-chat-menu')} look="icon-button" sections={sections}>
          <Icon of={Ellipsis} />
        </Menu>
      )}
    </>
  );
}

/** What X does depends on what one may do; where one may do nothing it puts the window away. */
function CloseButton({ chat, onAct, onRemove, onMinimise }: ChatWindowProps) {
  if (chat.state === 'closed' || chat.me === undefined) {
    return <IconButton label={t('agent-put-away')} icon={X} onClick={onRemove} />;
  }
  const verb = (['close', 'leave'] as const).find((verb) => chat.can.includes(verb));
  if (verb === undefined && onMinimise === undefined) return null;
  const close = awaited(chat) ? t('agent-withdraw') : t('agent-close-chat');
  const label = verb === 'close' ? close : verb === 'leave' ? t('agent-leave') : t('agent-minimise');
  return <IconButton label={label} icon={X} onClick={() => (verb ? onAct(verb) : onMinimise?.())} />;
}

function subtitle(chat: ChatView): string {
  const whom = whomOf(chat);
  const others = chat.members
    .filter((it) => it.present && it.kind === 'agent' && it.n !== chat.me && it !== whom)
    .map((it) => it.name);
  const place = [whom?.company, placeOf(chat)].filter(Boolean).join(' · ');
  if (others.length === 0) return place;
  return t('agent-channel-with', { channel: place, count: others.length, name: others[0] ?? '' });
}
