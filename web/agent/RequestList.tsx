import Eye from 'lucide/dist/esm/icons/eye.mjs';
import EyeOff from 'lucide/dist/esm/icons/eye-off.mjs';
import Plus from 'lucide/dist/esm/icons/plus.mjs';
import X from 'lucide/dist/esm/icons/x.mjs';
import { useRef, useState } from 'preact/hooks';
import type { RequestView, Role } from '../api/types.ts';
import { has, t } from '../core/i18n.ts';
import { Avatar } from '../ui/Avatar.tsx';
import { Badge } from '../ui/Badge.tsx';
import { Button } from '../ui/Button.tsx';
import { Icon } from '../ui/Icon.tsx';
import { IconButton } from '../ui/IconButton.tsx';
import { WaitingTime } from '../ui/WaitingTime.tsx';
import { type HeldRow, hold, keyOf } from './held.ts';
import { JoinMenu } from './JoinMenu.tsx';
import { Link } from './Link.tsx';
import { below, isAmongAgents, saidBy, typeOf } from './request-type.ts';
import './request-list.css';

export interface RequestListProps {
  requests: readonly RequestView[];
  title: string;
  /** Channels that the agent could add to his own. */
  addable: readonly string[];
  /** The chat whose acceptance is on its way. */
  accepting?: string | undefined;
  onAccept: (request: RequestView) => void;
  /** Follows an invitation. */
  onJoin: (request: RequestView, role: Role) => void;
  /** A personal request or an invitation. */
  onDecline: (request: RequestView) => void;
  /** A generic one, for this agent only. */
  onHide: (request: RequestView, hidden: boolean) => void;
  onPreview: (request: RequestView) => void;
  onAddChannel: (channel: string) => void;
}

type Filter = 'mine' | 'all' | 'hidden';

/** The chat request list. While somebody points at it, it keeps still. */
export function RequestList(props: RequestListProps) {
  const { requests, title } = props;
  const [filter, setFilter] = useState<Filter>('mine');
  const [held, setHeld] = useState<readonly RequestView[]>();
  const list = useRef<HTMLDivElement>(null);
  const all = requests.filter(({ hidden }) => !hidden);
  const lists: Record<Filter, readonly RequestView[]> = {
    mine: all.filter(({ mine }) => mine),
    all,
    hidden: requests.filter(({ hidden }) => hidden),
  };
  const fresh = lists[filter];
  const { rows, newer } = held ? hold(held, fresh) : hold(fresh, fresh);

  // Most are about none, and room is dear.
  const withTickets = rows.some(({ ticket }) => ticket !== undefined);

  function pick(filter: Filter) {
    setFilter(filter);
    setHeld((held) => held && lists[filter]);
  }

  const letGo = (focused: unknown) => {
    if (!(focused instanceof Node && list.current?.contains(focused))) setHeld(undefined);
  };

  return (
    <div class="requests">
      <div class="requests-head">
        <h2>{title}</h2>
        <div class="pills" role="group" aria-label={t('agent-filter')}>
          {(['mine', 'all', 'hidden'] as const).map((it) => {
            if (it === 'hidden' && filter !== 'hidden' && lists.hidden.length === 0) return null;
            return (
              <button key={it} type="button" class="pill" aria-pressed={filter === it} onClick={() => pick(it)}>
                {t(`agent-filter-${it}`)} <span class="num">{lists[it].length}</span>
              </button>
            );
          })}
        </div>
      </div>
      <div
        ref={list}
        class="requests-list"
        role="group"
        aria-label={title}
        onPointerEnter={() => setHeld((held) => held ?? fresh)}
        onPointerLeave={() => letGo(document.activeElement)}
        onFocusIn={() => setHeld((held) => held ?? fresh)}
        onFocusOut={(event) => !list.current?.matches(':hover') && letGo(event.relatedTarget)}
      >
        {rows.length === 0 ? (
          <p class="requests-empty">{emptyWords(filter, all.length)}</p>
        ) : (
          <table>
            <thead>
              <tr>
                <th scope="col">{t('agent-column-type')}</th>
                <th scope="col">{t('agent-column-requester')}</th>
                <th scope="col">{t('agent-column-channel')}</th>
                {withTickets && <th scope="col">{t('agent-ticket')}</th>}
                <th scope="col">{t('agent-column-waiting')}</th>
                <th scope="col">{t('agent-column-message')}</th>
                <th scope="col">
                  <span class="quiet">{t('agent-column-action')}</span>
                </th>
              </tr>
            </thead>
            <tbody>
              {rows.map((row, index) => (
                <Row key={keyOf(row)} row={row} first={index === 0} withTickets={withTickets} {...props} />
              ))}
            </tbody>
          </table>
        )}
        {/* Below the rows: above them it would push them away from under the pointer. */}
        {newer > 0 && (
          <button type="button" class="requests-newer" onClick={() => setHeld(fresh)}>
            <Badge kind="lamp">{newer}</Badge>
            {t('agent-newer', { count: newer })}
          </button>
        )}
      </div>
    </div>
  );
}

function emptyWords(filter: Filter, others: number): string {
  if (filter === 'hidden') return t('agent-nothing-hidden');
  return filter === 'mine' && others > 0 ? t('agent-nobody-waits-mine') : t('agent-nobody-waits');
}

type RowProps = RequestListProps & { row: HeldRow; first: boolean; withTickets: boolean };

function Row(props: RowProps) {
  const { row, addable, withTickets, onAddChannel } = props;
  const type = typeOf(row);
  const small = below(row);
  const said = saidBy(row);
  return (
    <tr class={row.gone ? 'request request-gone' : 'request'}>
      <td class="request-type">
        <span>
          <Icon of={type.icon} />
          {type.words}
        </span>
      </td>
      <th scope="row" class="request-who">
        <span>
          <Avatar name={row.requester} />
          <span>
            <bdi>{row.requester}</bdi>
            {small && (
              <small>
                <bdi>{small}</bdi>
              </small>
            )}
          </span>
        </span>
      </th>
      <td class="request-channel">
        {isAmongAgents(row) ? t('agent-among-agents') : <bdi>{row.channel.name}</bdi>}
        {!row.mine && addable.includes(row.channel.id) && (
          <Button
            kind="link"
            icon={Plus}
            label={t('agent-add-channel', { channel: row.channel.name })}
            onClick={() => onAddChannel(row.channel.id)}
          >
            {t('agent-add-channel-short')}
          </Button>
        )}
      </td>
      {withTickets && (
        <td class="request-ticket">
          {row.ticket && (
            <Link to={{ at: 'ticket', ticket: row.ticket.id }} class="num">
              {row.ticket.number}
            </Link>
          )}
        </td>
      )}
      <td class="request-waiting">
        {row.gone ? t('agent-request-gone') : <WaitingTime since={row.waiting_since} target_s={row.reply_target_s} />}
      </td>
      <td class="request-message">
        <span title={said}>
          <bdi>{said}</bdi>
        </span>
      </td>
      <td class="request-action">
        {!row.gone && (
          <span>
            <Actions {...props} />
          </span>
        )}
      </td>
    </tr>
  );
}

function Actions({ row, first, accepting, onAccept, onJoin, onDecline, onHide, onPreview }: RowProps) {
  const { requester: name, is } = row;
  const yes = {
    busy: accepting === row.chat,
    why: row.can_accept ? undefined : whyNot(row.why_not),
  };
  return (
    <>
      <IconButton label={t('agent-preview', { name })} icon={Eye} opens="dialog" onClick={() => onPreview(row)} />
      {is !== 'generic' && (
        <IconButton label={t('agent-decline-whom', { is, name })} icon={X} onClick={() => onDecline(row)} />
      )}
      {is === 'generic' && !row.hidden && (
        <IconButton label={t('agent-hide-whom', { name })} icon={EyeOff} onClick={() => onHide(row, true)} />
      )}
      {row.hidden ? (
        <Button label={t('agent-show-again-whom', { name })} onClick={() => onHide(row, false)}>
          {t('agent-show-again')}
        </Button>
      ) : is === 'invitation' ? (
        <JoinMenu
          name={name}
          role={row.role ?? 'observer'}
          primary={first}
          onJoin={(role) => onJoin(row, role)}
          {...yes}
        />
      ) : (
        <Button
          kind={first ? 'primary' : 'plain'}
          label={t('agent-accept-whom', { name })}
          onClick={() => onAccept(row)}
          {...yes}
        >
          {t('agent-accept')}
        </Button>
      )}
    </>
  );
}

export function whyNot(code: string | undefined): string {
  const id = `problem-${code}`;
  return has(id) ? t(id, { by: '', limit: 0 }) : t('problem-not_allowed');
}
