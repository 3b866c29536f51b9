import ArrowLeft from 'lucide/dist/esm/icons/arrow-left.mjs';
import Ellipsis from 'lucide/dist/esm/icons/ellipsis.mjs';
import type { ComponentChildren } from 'preact';
import type { ChatView } from '../api/types.ts';
import type { Line } from '../core/chat.ts';
import { t } from '../core/i18n.ts';
import { Icon } from '../ui/Icon.tsx';
import { Log } from '../ui/Log.tsx';
import { Menu } from '../ui/Menu.tsx';
import { Notice } from '../ui/Notice.tsx';
import { ChatDetails } from './ChatDetails.tsx';
import { ClosedFoot } from './ClosedFoot.tsx';
import { takeAway } from './chat-menu.ts';
import { agents } from './entries.ts';
import { Link } from './Link.tsx';
import { titleOf } from './members.ts';
import { PageHead } from './PageHead.tsx';
import { RedactButton } from './RedactButton.tsx';

interface ArchivedChatProps {
  chat: ChatView | undefined;
  lines: readonly Line[];
  older?: (() => Promise<void>) | undefined;
  problem?: string | undefined;
  /** How a file looks that stands in place of a text. */
  file?: (line: Line) => ComponentChildren;
  /** Takes the text of an entry away. */
  onRedact: (seq: number) => void;
  onAppend: () => void;
  onNewTicket: () => void;
  onDownload: () => void;
  onMail?: (() => void) | undefined;
}

/** A closed chat, to be read. */
export function ArchivedChat(props: ArchivedChatProps) {
  const { chat, lines, older, problem, onRedact } = props;
  const items = chat ? takeAway(chat, props) : [];
  return (
    <>
      <Link to={{ at: 'archive' }} class="back">
        <Icon of={ArrowLeft} directional />
        {t('agent-archive')}
      </Link>
      <PageHead key={chat?.id} title={chat ? titleOf(chat) : t('agent-archived-chat')}>
        {items.length > 0 && (
          <Menu label={t('agent-chat-menu')} look="icon-button" sections={[{ items }]}>
            <Icon of={Ellipsis} />
          </Menu>
        )}
      </PageHead>
      {problem && <Notice kind="danger">{problem}</Notice>}
      {chat && (
        <section class="card archived-chat" aria-label={t('agent-chat-with', { name: titleOf(chat) })}>
          <ChatDetails chat={chat} />
          <Log
            label={t('agent-history', { name: titleOf(chat) })}
            lines={lines}
            members={chat.members}
            side={agents}
            seen={chat.seen}
            onOlder={older}
            file={props.file}
            beside={
              chat.can.includes('redact')
                ? ({ seq }) => seq && <RedactButton onClick={() => onRedact(seq)} />
                : undefined
            }
          />
          <ClosedFoot chat={chat} />
        </section>
      )}
      {!chat && !problem && <p role="status">{t('agent-fetching')}</p>}
    </>
  );
}
