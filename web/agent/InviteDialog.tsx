import RefreshCw from 'lucide/dist/esm/icons/refresh-cw.mjs';
import { useEffect, useId, useState } from 'preact/hooks';
import type { InviteAgent, Invitee, Role } from '../api/types.ts';
import { t } from '../core/i18n.ts';
import { Avatar } from '../ui/Avatar.tsx';
import { Button } from '../ui/Button.tsx';
import { Dialog } from '../ui/Dialog.tsx';
import { IconButton } from '../ui/IconButton.tsx';
import { useSave } from './use-save.ts';
import { problemOf } from './work.ts';
import '../ui/field.css';
import './invite-dialog.css';
import './text-field.css';

interface InviteDialogProps {
  /** The agents who are available for this chat now. Throws `Refusal` or `Unreachable`. */
  fetch: () => Promise<readonly Invitee[]>;
  /** Answers with what went wrong, if anything. */
  onInvite: (whom: Omit<InviteAgent, 'cid'>, name: string) => Promise<string | undefined>;
  onClose: () => void;
}

const NOTE_LIMIT = 1_000;
const roles: readonly Role[] = ['participant', 'observer'];

/** Asks a colleague into the chat: whom, as what, and a word why. */
export function InviteDialog({ fetch, onInvite, onClose }: InviteDialogProps) {
  const id = useId();
  const [people, setPeople] = useState<readonly Invitee[]>();
  const [search, setSearch] = useState('');
  const [person, setPerson] = useState<string>();
  const [wish, setWish] = useState<Role>('participant');
  const [note, setNote] = useState('');
  const { busy, problem, setProblem, save } = useSave(onClose);

  async function load() {
    setPeople(undefined);
    setProblem(undefined);
    try {
      setPeople(await fetch());
    } catch (error) {
      setPeople([]);
      setProblem(problemOf(error));
    }
  }
  useEffect(() => void load(), []);

  const matching = people?.filter(({ name }) => folded(name).includes(folded(search.trim())));
  const chosen = people?.find(({ id }) => id === person);
  const role: Role = chosen?.role === 'observer' ? 'observer' : wish;

  function invite() {
    if (chosen === undefined) return setProblem(t('agent-invite-who'));
    const text = note.trim();
    const whom = { person: chosen.id, role, ...(text === '' ? {} : { note: text }) };
    void save(onInvite(whom, chosen.name));
  }

  return (
    <Dialog
      title={t('agent-invite-title')}
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>{t('common-cancel')}</Button>
          <Button kind="primary" busy={busy} onClick={invite}>
            {t('agent-invite')}
          </Button>
        </>
      }
    >
      <div class="invite-search">
        <div class="field">
          <label for={`${id}-search`}>{t('agent-invite-search')}</label>
          <input
            id={`${id}-search`}
            type="search"
            autofocus
            autocomplete="off"
            dir="auto"
            value={search}
            onInput={(event) => setSearch(event.currentTarget.value)}
          />
        </div>
        <IconButton label={t('agent-invite-reload')} icon={RefreshCw} onClick={() => void load()} />
      </div>
      <fieldset class="invite-people">
        <legend class="quiet">{t('agent-invite-people')}</legend>
        {matching?.map((one) => (
          <label key={one.id}>
            <input
              type="radio"
              name={`${id}-person`}
              checked={one.id === person}
              onChange={() => {
                setPerson(one.id);
                setProblem(undefined);
              }}
            />
            <Avatar name={one.name} size="small" />
            <span>
              <bdi>{one.name}</bdi>
              <small>{t('agent-invite-highest', { role: one.role })}</small>
            </span>
          </label>
        ))}
        <p role="status">
          {people === undefined
            ? t('agent-fetching')
            : matching?.length !== 0
              ? ''
              : people.length > 0
                ? t('agent-invite-no-match')
                : !problem && t('agent-invite-nobody')}
        </p>
      </fieldset>
      <fieldset class="invite-roles">
        <legend>{t('agent-invite-as')}</legend>
        {roles.map((it) => (
          <label key={it}>
            <input
              type="radio"
              name={`${id}-role`}
              checked={it === role}
              disabled={it === 'participant' && chosen?.role === 'observer'}
              onChange={() => setWish(it)}
            />
            {t('agent-role', { is: it })}
          </label>
        ))}
        {chosen?.role === 'observer' && (
          <p class="field-hint">{t('agent-invite-observer-only', { name: chosen.name })}</p>
        )}
      </fieldset>
      <div class="field">
        <label for={`${id}-note`}>{t('agent-invite-note')}</label>
        <textarea
          id={`${id}-note`}
          class="text-field"
          rows={2}
          dir="auto"
          maxLength={NOTE_LIMIT}
          value={note}
          onInput={(event) => setNote(event.currentTarget.value)}
        />
      </div>
      {problem && (
        <p class="field-problem" role="alert">
          {problem}
        </p>
      )}
    </Dialog>
  );
}

/** Without case and accents: `ines` finds Inés. */
const folded = (text: string) => text.normalize('NFD').replace(/\p{M}/gu, '').toLocaleLowerCase();
