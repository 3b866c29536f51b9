import CalendarOff from 'lucide/dist/esm/icons/calendar-off.mjs';
import ChevronLeft from 'lucide/dist/esm/icons/chevron-left.mjs';
import ChevronRight from 'lucide/dist/esm/icons/chevron-right.mjs';
import MessageCircle from 'lucide/dist/esm/icons/message-circle.mjs';
import Search from 'lucide/dist/esm/icons/search.mjs';
import { useId, useRef, useState } from 'preact/hooks';
import type { People as Listed, OutUntil, PeopleTab, PersonRow } from '../api/types.ts';
import { now } from '../core/clock.ts';
import { plainDay } from '../core/format.ts';
import { t } from '../core/i18n.ts';
import { PAGE_SIZES, TABS } from '../core/people.ts';
import { Badge } from '../ui/Badge.tsx';
import { Icon } from '../ui/Icon.tsx';
import type { IconButton } from '../ui/IconButton.tsx';
import { Portrait } from '../ui/Portrait.tsx';
import { holdPeople } from './held-people.ts';
import { Link } from './Link.tsx';
import './people.css';

export interface PeopleProps {
  tab: PeopleTab;
  /** As it stands in the search field. */
  q: string;
  limit: number;
  /** From 1. */
  page: number;
  /** The newest answer; `fresh` when it answers what is asked for. */
  people: Listed | undefined;
  fresh: boolean;
  onTab: (tab: PeopleTab) => void;
  onSearch: (q: string) => void;
  onLimit: (limit: number) => void;
  onNext: () => void;
  onPrevious: () => void;
  /** Asks somebody for a chat. Without it there is no such icon. */
  onChat?: ((person: PersonRow) => void) | undefined;
  /** The address of somebody's picture, once it is here. */
  pictureOf?: (person: PersonRow) => string | undefined;
}

/** Who is logged in now, and who is out of office. */
export function People(props: PeopleProps) {
  const { tab, q, people, fresh, page, limit } = props;
  const id = useId();
  const counts = people?.counts;
  return (
    <section class="card people" aria-labelledby={`${id}-title`}>
      <div class="card-head">
        <h2 id={`${id}-title`}>{t('agent-people')}</h2>
        <label class="people-search">
          <Icon of={Search} />
          <span class="quiet">{t('agent-people-search')}</span>
          <input
            type="search"
            placeholder={t('agent-people-search')}
            title={t('agent-people-search')}
            maxLength={100}
            value={q}
            onInput={(event) => props.onSearch(event.currentTarget.value)}
          />
        </label>
      </div>
      <Tabs id={id} tab={tab} counts={counts} onTab={props.onTab} />
      <div
        id={`${id}-panel`}
        role="tabpanel"
        aria-labelledby={`${id}-${tab}`}
        aria-busy={!fresh}
        class={fresh ? 'people-panel' : 'people-panel people-stale'}
      >
        {people !== undefined && <Rows key={`${tab} ${page} ${limit}`} {...props} people={people} />}
      </div>
      {people !== undefined && (page > 1 || people.next !== undefined || (counts?.[tab] ?? 0) > PAGE_SIZES[0]) && (
        <div class="people-foot">
          <label>
            {t('agent-people-size')}
            <select value={limit} onChange={(event) => props.onLimit(Number(event.currentTarget.value))}>
              {PAGE_SIZES.map((size) => (
                <option key={size} value={size} selected={size === limit}>
                  {size}
                </option>
              ))}
            </select>
          </label>
          <span class="people-page" aria-live="polite">
            {t('agent-people-page', { page })}
          </span>
          <Turn label={t('agent-people-previous')} icon={ChevronLeft} off={page === 1} onTurn={props.onPrevious} />
          <Turn
            label={t('agent-people-next')}
            icon={ChevronRight}
            off={people.next === undefined}
            onTurn={props.onNext}
          />
        </div>
      )}
    </section>
  );
}

interface TabsProps {
  id: string;
  tab: PeopleTab;
  counts: Listed['counts'] | undefined;
  onTab: (tab: PeopleTab) => void;
}

/** Arrow keys move and show at once; one stop for the Tab key. */
function Tabs({ id, tab, counts, onTab }: TabsProps) {
  const list = useRef<HTMLDivElement>(null);

  function pressed(event: KeyboardEvent) {
    const back = document.documentElement.dir === 'rtl' ? 'ArrowRight' : 'ArrowLeft';
    const at = TABS.indexOf(tab);
    const last = TABS.length - 1;
    const to = {
      ArrowLeft: 0,
      ArrowRight: 0,
      [back]: at === 0 ? last : at - 1,
      [back === 'ArrowLeft' ? 'ArrowRight' : 'ArrowLeft']: at === last ? 0 : at + 1,
      Home: 0,
      End: last,
    }[event.key];
    if (to === undefined) return;
    event.preventDefault();
    onTab(TABS[to]!);
    list.current?.querySelectorAll<HTMLElement>('[role="tab"]')[to]?.focus();
  }

  return (
    <div
      ref={list}
      class="pills people-tabs"
      role="tablist"
      tabIndex={-1}
      aria-label={t('agent-people')}
      onKeyDown={pressed}
    >
      {TABS.map((it) => (
        <button
          key={it}
          id={`${id}-${it}`}
          type="button"
          class="pill"
          role="tab"
          aria-selected={it === tab}
          aria-controls={`${id}-panel`}
          tabIndex={it === tab ? 0 : -1}
          onClick={() => onTab(it)}
        >
          {t('agent-people-tab', { is: it })} <span class="num">{counts?.[it] ?? '–'}</span>
        </button>
      ))}
    </div>
  );
}

/** While somebody points at the rows they keep still: nobody slides under the pointer. */
function Rows({ people, tab, q, fresh, onChat, pictureOf }: PeopleProps & { people: Listed }) {
  const [held, setHeld] = useState<readonly PersonRow[]>();
  const box = useRef<HTMLDivElement>(null);
  const { rows, newer } = held && fresh ? holdPeople(held, people.rows) : { rows: people.rows, newer: 0 };
  const hold = () => setHeld((held) => held ?? people.rows);
  const letGo = (focused: unknown) => {
    if (!(focused instanceof Node && box.current?.contains(focused))) setHeld(undefined);
  };
  if (rows.length === 0 && newer === 0) {
    if (!fresh) return null;
    return (
      <p class="people-none">
        {q.trim() === '' ? t('agent-people-none', { tab }) : t('agent-people-not-found', { q: q.trim() })}
      </p>
    );
  }
  return (
    <div
      ref={box}
      onPointerEnter={hold}
      onPointerLeave={() => letGo(document.activeElement)}
      onFocusIn={hold}
      onFocusOut={(event) => !box.current?.matches(':hover') && letGo(event.relatedTarget)}
    >
      <ul class="people-list">
        {rows.map((person) => (
          <Person key={person.id} person={person} picture={pictureOf?.(person)} onChat={onChat} />
        ))}
      </ul>
      {newer > 0 && (
        <button type="button" class="people-newer" onClick={() => setHeld(people.rows)}>
          {newer} {t('agent-newer', { count: newer })}
        </button>
      )}
    </div>
  );
}

interface PersonProps {
  person: PersonRow;
  picture: string | undefined;
  onChat: PeopleProps['onChat'];
}

function Person({ person, picture, onChat }: PersonProps) {
  const word = t('agent-presence', { is: person.presence });
  return (
    <li class="person">
      <Portrait name={person.name} picture={picture} presence={person.presence} word={word} />
      <span class="person-name">
        {person.kind === 'customer_user' ? (
          <Link to={{ at: 'customer', customer: person.id }} class="person-link">
            <bdi>{person.name}</bdi>
          </Link>
        ) : (
          <bdi>{person.name}</bdi>
        )}
        {person.company && (
          <small>
            <bdi>{person.company}</bdi>
          </small>
        )}
        {person.out_of_office && (
          <Badge>
            <Icon of={CalendarOff} />
            {outOfOffice(person.out_of_office)}
          </Badge>
        )}
      </span>
      {/* The circle says it too. */}
      <span class="person-word" aria-hidden="true">
        {word}
      </span>
      {onChat && <ChatWith person={person} onChat={onChat} />}
    </li>
  );
}

const DAY_MS = 86_400_000;

/** In the administrator's words, or ours. */
function outOfOffice({ until, text }: OutUntil): string {
  const day = plainDay(until);
  const days = Math.max(0, Math.round((Date.parse(`${until}T12:00`) - now.value) / DAY_MS));
  return text?.replaceAll('{days}', String(days)).replaceAll('{day}', day) ?? t('agent-out-until', { day });
}

/** There where the rules allow it; where only one's own availability is in the way it stays and says so. */
function ChatWith({ person, onChat }: { person: PersonRow; onChat: (person: PersonRow) => void }) {
  const mine = person.why_not === 'you_are_unavailable';
  if (!person.can_chat && !mine) return <span class="person-no-chat" />;
  const label = t('agent-chat-with', { name: person.name });
  const why = mine ? t('problem-you_are_unavailable') : undefined;
  return (
    <button
      type="button"
      class="icon-button"
      aria-label={label}
      aria-description={why}
      aria-disabled={mine || undefined}
      title={why ?? label}
      onClick={() => person.can_chat && onChat(person)}
    >
      <Icon of={MessageCircle} />
    </button>
  );
}

interface TurnProps {
  label: string;
  icon: Parameters<typeof IconButton>[0]['icon'];
  off: boolean;
  onTurn: () => void;
}

function Turn({ label, icon, off, onTurn }: TurnProps) {
  return (
    <button
      type="button"
      class="icon-button"
      aria-label={label}
      title={label}
      aria-disabled={off || undefined}
      onClick={() => !off && onTurn()}
    >
      <Icon of={icon} directional />
    </button>
  );
}
