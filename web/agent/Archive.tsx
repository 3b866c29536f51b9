import { useRef } from 'preact/hooks';
import type { ChatSummary } from '../api/types.ts';
import { minute } from '../core/clock.ts';
import { recent } from '../core/format.ts';
import { t } from '../core/i18n.ts';
import { Avatar } from '../ui/Avatar.tsx';
import { Button } from '../ui/Button.tsx';
import { Notice } from '../ui/Notice.tsx';
import { useRoving } from '../ui/roving.ts';
import { Link } from './Link.tsx';
import { PageHead } from './PageHead.tsx';
import './archive.css';

interface ArchiveProps {
  chats: readonly ChatSummary[];
  /** `more`: there is a further page. */
  state: 'fetching' | 'more' | 'end';
  problem?: string | undefined;
  onMore: () => void;
}

export function Archive({ chats, state, problem, onMore }: ArchiveProps) {
  const list = useRef<HTMLDivElement>(null);
  useRoving(list, '.archived');
  return (
    <>
      <PageHead title={t('agent-archive')} />
      {problem && (
        <Notice kind="danger" action={<Button onClick={onMore}>{t('chat-try-again')}</Button>}>
          {problem}
        </Notice>
      )}
      <div ref={list} class="card archive">
        {chats.length > 0 && (
          <table>
            <thead>
              <tr>
                <th scope="col">{t('agent-column-with')}</th>
                <th scope="col">{t('agent-column-last')}</th>
                <th scope="col">{t('agent-column-channel')}</th>
                <th scope="col">{t('agent-column-ended')}</th>
              </tr>
            </thead>
            <tbody>
              {chats.map((chat) => (
                <tr key={chat.id}>
                  <th scope="row">
                    <Link to={{ at: 'archived', chat: chat.id }} class="archived">
                      <Avatar name={chat.with ?? '?'} size="small" />
                      <bdi>{chat.with ?? t('agent-nobody-yet')}</bdi>
                    </Link>
                  </th>
                  <td class="archive-text">
                    <bdi>{chat.last_text}</bdi>
                  </td>
                  <td class="archive-channel">
                    <bdi>{chat.channel.name}</bdi>
                  </td>
                  <td class="archive-at">{recent(chat.last_at, minute.value)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        )}
        {chats.length === 0 && state === 'end' && <p class="archive-none">{t('agent-archive-empty')}</p>}
        {state !== 'end' && !problem && (
          <div class="archive-more">
            <Button busy={state === 'fetching'} onClick={onMore}>
              {state === 'fetching' ? t('agent-fetching') : t('agent-show-more')}
            </Button>
          </div>
        )}
      </div>
    </>
  );
}
