import Building from 'lucide/dist/esm/icons/building.mjs';
import Eye from 'lucide/dist/esm/icons/eye.mjs';
import Globe from 'lucide/dist/esm/icons/globe.mjs';
import Headset from 'lucide/dist/esm/icons/headset.mjs';
import Plus from 'lucide/dist/esm/icons/plus.mjs';
import { useRef, useState } from 'preact/hooks';
import type { PersonKind, RequestView } from '../api/types.ts';
import { has, t } from '../core/i18n.ts';
import { Avatar } from '../ui/Avatar.tsx';
import { Badge } from '../ui/Badge.tsx';
import { Button } from '../ui/Button.tsx';
import { Icon, type IconShapes } from '../ui/Icon.tsx';
import { IconButton } from '../ui/IconButton.tsx';
import { WaitingTime } from '../ui/WaitingTime.tsx';
import { type HeldRow, hold } from './held.ts';
import './request-list.css';

export interface RequestListProps {
  requests: readonly RequestView[];
  title: string;
  /** Channels that the agent could add to his own. */
  addable: readonly string[];
  /** The chat whose acceptance is on its way. */
  accepting?: string | undefined;
  onAccept: (request: RequestView) => void;
  onPreview: (request: RequestView) => void;
  onAddChannel: (channel: string) => void;
}

/** The chat request list. While somebody points at it, it keeps still. */
export function RequestList(props: RequestListProps) {
  const { requests, title } = props;
  const [all, setAll] = useState(false);
  const [held, setHeld] = useState<readonly RequestView[]>();
  const list = useRef<HTMLDivElement>(null);
  const mine = requests.filter((request) => request.mine);
  const fresh = all ? requests : mine;
  const { rows, newer } = held ? hold(held, fresh) : hold(fresh, fresh);

  function pick(all: boolean) {
    setAll(all);
    setHeld((held) => held && (all ? requests : mine));
  }

  const letGo = (focused: unknown) => {
    if (!(focused instanceof Node && list.current?.contains(focused))) setHeld(undefined);
  };

  return (
    <div class="requests">
      <div class="requests-head">
        <h2>{title}</h2>
        <div class="pills" role="group" aria-label={t('agent-filter')}>
          <button type="button" class="pill" aria-pressed={!all} onClick={() => pick(false)}>
            {t('agent-filter-mine')} <span class="num">{mine.length}</span>
          </button>
          <button type="button" class="pill" aria-pressed={all} onClick={() => pick(true)}>
            {t('agent-filter-all')} <span class="num">{requests.length}</span>
          </button>
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
          <p class="requests-empty">
            {all || requests.length === 0 ? t('agent-nobody-waits') : t('agent-nobody-waits-mine')}
          </p>
        ) : (
          <table>
            <thead>
              <tr>
                <th scope="col">{t('agent-column-type')}</th>
                <th scope="col">{t('agent-column-requester')}</th>
                <th scope="col">{t('agent-column-channel')}</th>
                <th scope="col">{t('agent-column-waiting')}</th>
                <th scope="col">{t('agent-column-message')}</th>
                <th scope="col">
                  <span class="quiet">{t('agent-column-action')}</span>
                </th>
              </tr>
            </thead>
            <tbody>
              {rows.map((row, index) => (
                <Row key={row.chat} row={row} first={index === 0} {...props} />
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

const kinds: Record<PersonKind, IconShapes> = { public_user: Globe, customer_user: Building, agent: Headset };

function Row({
  row,
  first,
  addable,
  accepting,
  onAccept,
  onPreview,
  onAddChannel,
}: RequestListProps & { row: HeldRow; first: boolean }) {
  const busy = accepting === row.chat;
  return (
    <tr class={row.gone ? 'request request-gone' : 'request'}>
      <td class="request-type">
        <span>
          <Icon of={kinds[row.kind]} />
          {t('agent-kind', { is: row.kind })}
        </span>
      </td>
      <th scope="row" class="request-who">
        <span>
          <Avatar name={row.requester} />
          <span>
            <bdi>{row.requester}</bdi>
            {row.company && (
              <small>
                <bdi>{row.company}</bdi>
              </small>
            )}
          </span>
        </span>
      </th>
      <td class="request-channel">
        <bdi>{row.channel.name}</bdi>
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
      <td class="request-waiting">
        {row.gone ? t('agent-request-gone') : <WaitingTime since={row.waiting_since} target_s={row.reply_target_s} />}
      </td>
      <td class="request-message">
        <span title={row.first_message}>
          <bdi>{row.first_message}</bdi>
        </span>
      </td>
      <td class="request-action">
        {!row.gone && (
          <span>
            <IconButton
              label={t('agent-preview', { name: row.requester })}
              icon={Eye}
              opens="dialog"
              onClick={() => onPreview(row)}
            />
            <Button
              kind={first ? 'primary' : 'plain'}
              label={t('agent-accept-whom', { name: row.requester })}
              busy={busy}
              why={row.can_accept ? undefined : whyNot(row.why_not)}
              onClick={() => onAccept(row)}
            >
              {t('agent-accept')}
            </Button>
          </span>
        )}
      </td>
    </tr>
  );
}

export function whyNot(code: string | undefined): string {
  const id = `problem-${code}`;
  return has(id) ? t(id, { by: '', limit: 0 }) : t('problem-not_allowed');
}
