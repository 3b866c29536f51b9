import ChevronUp from 'lucide/dist/esm/icons/chevron-up.mjs';
import X from 'lucide/dist/esm/icons/x.mjs';
import { t } from '../core/i18n.ts';
import { Avatar } from '../ui/Avatar.tsx';
import { Badge } from '../ui/Badge.tsx';
import { Icon } from '../ui/Icon.tsx';
import { IconButton } from '../ui/IconButton.tsx';
import './chat-bar.css';

interface ChatBarProps {
  /** Whose picture it shows. */
  whom: string;
  name: string;
  /** Channel, or what became of it. */
  below: string;
  unread: number;
  onShow: () => void;
  /** Only for a chat that is over. */
  onRemove?: (() => void) | undefined;
}

/** A minimised chat. */
export function ChatBar({ whom, name, below, unread, onShow, onRemove }: ChatBarProps) {
  return (
    <li class="chat-bar">
      <button type="button" class="chat-bar-show" onClick={onShow}>
        <Avatar name={whom} />
        <span class="chat-bar-name">
          <bdi>{name}</bdi>
          <small>
            <bdi>{below}</bdi>
          </small>
        </span>
        {unread > 0 && (
          <Badge kind="accent">
            {unread}
            <span class="quiet"> {t('agent-unread')}</span>
          </Badge>
        )}
        <Icon of={ChevronUp} />
      </button>
      {onRemove && <IconButton label={t('agent-put-away')} icon={X} onClick={onRemove} />}
    </li>
  );
}
