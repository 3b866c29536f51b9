import { useState } from 'preact/hooks';
import type { ChangeTicket, PersonRef, QueueView, TicketState, TicketType, TicketView } from '../api/types.ts';
import { moment } from '../core/format.ts';
import { t } from '../core/i18n.ts';
import { Button } from '../ui/Button.tsx';
import { Choice } from './Choice.tsx';
import { fromField, PRIORITIES, STATES, TYPES, toField, waits } from './ticket-words.ts';
import '../ui/field.css';

interface TicketChangeProps {
  ticket: TicketView;
  queues: readonly QueueView[];
  /** Answers with what went wrong, if anything. */
  onChange: (change: ChangeTicket) => Promise<string | undefined>;
}

type Wanted = Omit<ChangeTicket, 'version'>;

/** What a ticket is, and what one may make of it. Nothing is changed before it is saved, and all of it at once. */
export function TicketChange({ ticket, queues, onChange }: TicketChangeProps) {
  const [wanted, setWanted] = useState<Wanted>({});
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string>();
  /** What the ticket was when somebody began to change it; the ticket shown goes on meanwhile. */
  const [began, setBegan] = useState<number>();
  const want = (change: Wanted) => {
    setWanted({ ...wanted, ...change });
    setBegan(began ?? ticket.version);
  };
  const why = (can: TicketView['can'][number]) => (ticket.can.includes(can) ? undefined : t('agent-ticket-why'));
  const state = wanted.state ?? ticket.state;
  const until = wanted.pending_until ?? ticket.pending_until;
  const changed = Object.keys(wanted).length > 0;

  async function save() {
    const change: ChangeTicket = { version: began ?? ticket.version, ...wanted };
    if (!waits(state)) delete change.pending_until;
    if (waits(state) && (wanted.state || wanted.pending_until)) {
      if (until === undefined) return setProblem(t('agent-pending-when'));
      Object.assign(change, { state, pending_until: until });
    }
    setBusy(true);
    const problem = await onChange(change);
    setBusy(false);
    setProblem(problem);
    // Whoever saves again after he was told has seen what it is now.
    setBegan(undefined);
    if (problem === undefined) setWanted({});
  }

  return (
    <section class="card" aria-labelledby="ticket-facts">
      <div class="card-head">
        <h2 id="ticket-facts">{t('agent-ticket-facts')}</h2>
      </div>
      <div class="ticket-form">
        <div class="field">
          <label for="ticket-title">{t('agent-title')}</label>
          <input
            id="ticket-title"
            dir="auto"
            maxLength={191}
            readOnly={why('change') !== undefined}
            title={why('change')}
            value={wanted.title ?? ticket.title}
            onInput={(event) => want({ title: event.currentTarget.value })}
          />
        </div>
        <div class="ticket-pair">
          <Choice
            label={t('agent-state')}
            value={state}
            why={why('change')}
            onChoose={(state) => want({ state: state as TicketState })}
          >
            {[...STATES, ...(STATES.includes(ticket.state) ? [] : [ticket.state])].map((is) => (
              <option key={is} value={is}>
                {t('agent-ticket-state', { is })}
              </option>
            ))}
          </Choice>
          <Choice
            label={t('agent-priority')}
            value={String(wanted.priority ?? ticket.priority)}
            why={why('priority')}
            onChoose={(priority) => want({ priority: Number(priority) })}
          >
            {PRIORITIES.map((is) => (
              <option key={is} value={String(is)}>
                {t('agent-priority-is', { is })}
              </option>
            ))}
          </Choice>
        </div>
        {waits(state) && (
          <div class="field">
            <label for="ticket-until">{t('agent-pending-until')}</label>
            <input
              id="ticket-until"
              type="datetime-local"
              readOnly={why('change') !== undefined}
              value={until === undefined ? '' : toField(until)}
              onInput={(event) => {
                const at = fromField(event.currentTarget.value);
                if (at !== undefined) want({ pending_until: at });
              }}
            />
          </div>
        )}
        <div class="ticket-pair">
          <div id="ticket-queue">
            <Choice
              label={t('agent-queue')}
              value={wanted.queue ?? ticket.queue.id}
              why={why('change')}
              onChoose={(queue) => want({ queue })}
            >
              <option value={ticket.queue.id}>{ticket.queue.name}</option>
              {queues
                .filter(({ queue, valid, can }) => queue.id !== ticket.queue.id && valid && can.includes('move_into'))
                .map(({ queue }) => (
                  <option key={queue.id} value={queue.id}>
                    {queue.name}
                  </option>
                ))}
            </Choice>
          </div>
          <Choice
            label={t('agent-ticket-type')}
            value={wanted.type ?? ticket.type}
            why={why('change')}
            onChoose={(type) => want({ type: type as TicketType })}
          >
            {TYPES.map((is) => (
              <option key={is} value={is}>
                {t('agent-ticket-type-is', { is })}
              </option>
            ))}
          </Choice>
        </div>
        <div class="ticket-pair">
          <AgentChoice
            label={t('agent-owner')}
            now={ticket.owner}
            wanted={wanted.owner}
            agents={ticket.agents}
            why={why('owner')}
            onChoose={(owner) => want({ owner })}
          />
          <AgentChoice
            label={t('agent-responsible')}
            now={ticket.responsible}
            wanted={wanted.responsible}
            agents={ticket.agents}
            why={why('change')}
            onChoose={(responsible) => want({ responsible })}
          />
        </div>
        {why('change') === undefined && (
          <label class="tick">
            <input
              type="checkbox"
              checked={wanted.locked ?? ticket.locked}
              onChange={(event) => want({ locked: event.currentTarget.checked })}
            />
            {t('agent-locked')}
          </label>
        )}
        {changed && (
          <div class="ticket-do">
            <Button kind="primary" busy={busy} onClick={() => void save()}>
              {t('agent-save')}
            </Button>
            <Button
              onClick={() => {
                setWanted({});
                setBegan(undefined);
                setProblem(undefined);
              }}
            >
              {t('common-cancel')}
            </Button>
          </div>
        )}
        {problem && (
          <p class="field-problem" role="alert">
            {problem}
          </p>
        )}
        <p class="field-hint">
          {t('agent-ticket-times', { created: moment(ticket.created_at), changed: moment(ticket.changed_at) })}
        </p>
      </div>
    </section>
  );
}

interface AgentChoiceProps {
  label: string;
  now: PersonRef | undefined;
  wanted: string | undefined;
  agents: readonly PersonRef[];
  why: string | undefined;
  onChoose: (agent: string) => void;
}

function AgentChoice({ label, now, wanted, agents, why, onChoose }: AgentChoiceProps) {
  const others = agents.filter(({ id }) => id !== now?.id);
  return (
    <Choice label={label} value={wanted ?? now?.id ?? ''} why={why} onChoose={(agent) => agent && onChoose(agent)}>
      {now ? <option value={now.id}>{now.name}</option> : <option value="">{t('agent-owner-nobody')}</option>}
      {others.map(({ id, name }) => (
        <option key={id} value={id}>
          {name}
        </option>
      ))}
    </Choice>
  );
}
