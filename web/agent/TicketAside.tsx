import MessageCircle from 'lucide/dist/esm/icons/message-circle.mjs';
import type {
  CustomerUserView,
  HistoryLine,
  InvolvedPerson,
  PersonKind,
  PersonRow,
  TicketCustomer as Whose,
} from '../api/types.ts';
import { moment } from '../core/format.ts';
import { t } from '../core/i18n.ts';
import { Avatar } from '../ui/Avatar.tsx';
import { Icon } from '../ui/Icon.tsx';
import { Link } from './Link.tsx';
import './customer.css';
import './people.css';

type Askable = Pick<PersonRow, 'id' | 'name' | 'kind' | 'company'>;
type Chattable = { name: string; can_chat: boolean; why_not?: string };

/** Whom the ticket is for: who he is, how he stands now, and the way to a chat with him. */
export function TicketCustomer(props: {
  customer: Whose;
  known: CustomerUserView | undefined;
  onChat: (person: Askable) => void;
}) {
  const { customer, known, onChat } = props;
  const name = customer.name ?? customer.email ?? t('agent-customer-nobody');
  const kind: PersonKind = 'customer_user';
  return (
    <section class="card customer" aria-labelledby="ticket-customer">
      <div class="card-head">
        <h2 id="ticket-customer">{t('agent-ticket-customer')}</h2>
        {known && <ChatWith person={known} onChat={() => onChat({ ...known, kind })} />}
      </div>
      <div class="customer-who">
        <Avatar
          name={name}
          size="large"
          {...(known ? { presence: known.presence, word: t('agent-presence', { is: known.presence }) } : {})}
        />
        <span>
          {customer.person ? (
            <Link to={{ at: 'customer', customer: customer.person }} class="person-link">
              <bdi>{name}</bdi>
            </Link>
          ) : (
            <bdi>{name}</bdi>
          )}
          {known && <small aria-hidden="true">{t('agent-presence', { is: known.presence })}</small>}
        </span>
      </div>
      <dl>
        {customer.company && (
          <>
            <dt>{t('agent-company')}</dt>
            <dd>
              <bdi>{customer.company}</bdi>
            </dd>
          </>
        )}
        {customer.email && (
          <>
            <dt>{t('agent-email')}</dt>
            <dd>
              <bdi>{customer.email}</bdi>
            </dd>
          </>
        )}
      </dl>
    </section>
  );
}

/** The agents a ticket has to do with, whatever their status. */
export function TicketPeople(props: { people: readonly InvolvedPerson[]; onChat: (person: Askable) => void }) {
  const { people, onChat } = props;
  return (
    <section class="card people" aria-labelledby="ticket-people">
      <div class="card-head">
        <h2 id="ticket-people">{t('agent-people')}</h2>
      </div>
      <div class="people-panel">
        <ul class="people-list">
          {people.map(({ person, owner, responsible }) => (
            <li key={person.id} class="person">
              <Avatar
                name={person.name}
                presence={person.presence}
                word={t('agent-presence', { is: person.presence })}
              />
              <span class="person-name">
                <bdi>{person.name}</bdi>
                <small>
                  {[owner && t('agent-owner'), responsible && t('agent-responsible')].filter(Boolean).join(', ') ||
                    t('agent-contributed')}
                </small>
              </span>
              <span class="person-word" aria-hidden="true">
                {t('agent-presence', { is: person.presence })}
              </span>
              <ChatWith person={person} onChat={() => onChat(person)} />
            </li>
          ))}
        </ul>
        {people.length === 0 && <p class="people-none">{t('agent-ticket-nobody')}</p>}
      </div>
    </section>
  );
}

function ChatWith({ person, onChat }: { person: Chattable; onChat: () => void }) {
  const label = t('agent-chat-with', { name: person.name });
  const why = person.can_chat
    ? undefined
    : person.why_not === 'you_are_unavailable'
      ? t('problem-you_are_unavailable')
      : t('agent-request-why-not', { why: person.why_not ?? '' });
  return (
    <button
      type="button"
      class="icon-button"
      aria-label={label}
      aria-description={why}
      aria-disabled={why !== undefined || undefined}
      title={why ?? label}
      onClick={() => why === undefined && onChat()}
    >
      <Icon of={MessageCircle} />
    </button>
  );
}

/** What was done with it, folded away. */
export function TicketHistory({ history }: { history: readonly HistoryLine[] }) {
  return (
    <details class="card ticket-history">
      <summary>{t('agent-ticket-history')}</summary>
      <ol>
        {history.map((line, n) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: history only grows at its end.
          <li key={n}>
            {t('agent-ticket-event', {
              is: line.kind,
              name: line.name,
              old: word(line.kind, line.old),
              new: word(line.kind, line.new),
            })}
            <small>{moment(line.at)}</small>
          </li>
        ))}
      </ol>
    </details>
  );
}

/** Words of the system in the reader's language, names as they are. */
function word(kind: string, value: string | undefined): string {
  if (value === undefined) return '–';
  if (kind === 'state_update') return t('agent-ticket-state', { is: value });
  if (kind === 'type_update') return t('agent-ticket-type-is', { is: value });
  if (kind === 'set_pending_time') return moment(Number(value));
  if (kind === 'priority_update') return t('agent-priority-is', { is: Number(value) });
  return value;
}
