import type { ComponentChildren } from 'preact';
import { useRef } from 'preact/hooks';
import type { ChatSummary, Part } from '../api/types.ts';
import { minute } from '../core/clock.ts';
import { recent } from '../core/format.ts';
import { t } from '../core/i18n.ts';
import { Avatar } from '../ui/Avatar.tsx';
import { Button } from '../ui/Button.tsx';
import { Found } from '../ui/Found.tsx';
import { Notice } from '../ui/Notice.tsx';
import { useRoving } from '../ui/roving.ts';
import { Link } from './Link.tsx';
import { PageHead } from './PageHead.tsx';
import './archive.css';
import './rows.css';

/** A closed chat, and what of it is shown. */
export interface ArchiveRow {
  chat: ChatSummary;
  text: readonly Part[];
}

interface ArchiveProps {
  rows: readonly ArchiveRow[];
  /** What is said where there is none. */
  none: string;
  /** What stands above the list. */
  search?: ComponentChildren;
  /** `more`: there is a further page. */
  state: 'fetching' | 'more' | 'end';
  problem?: string | undefined;
  onMore: () => void;
}

export function Archive({ rows, none, search, state, problem, onMore }: ArchiveProps) {
  const list = useRef<HTMLDivElement>(null);
  useRoving(list, '.archived');
  return (
    <>
      <PageHead title={t('agent-archive')} />
      {search}
      {problem && (
        <Notice kind="danger" action={<Button onClick={onMore}>{t('chat-try-again')}</Button>}>
          {problem}
        </Notice>
      )}
      <div ref={list} class="card rows archive">
        {rows.length > 0 && (
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
              {rows.map(({ chat, text }) => (
                <tr key={chat.id}>
                  <th scope="row">
                    <Link to={{ at: 'archived', chat: chat.id }} class="archived">
                      <Avatar name={chat.with ?? '?'} size="small" />
                      <bdi>{chat.with ?? t('agent-nobody-yet')}</bdi>
                    </Link>
                  </th>
                  <td class="archive-text">
                    <Found parts={text} />
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
        <div role="status">{rows.length === 0 && state === 'end' && <p class="rows-none">{none}</p>}</div>
        {state !== 'end' && !problem && (
          <div class="rows-more">
            <Button busy={state === 'fetching'} onClick={onMore}>
              {state === 'fetching' ? t('agent-fetching') : t('agent-show-more')}
            </Button>
          </div>
        )}
      </div>
    </>
  );
}
