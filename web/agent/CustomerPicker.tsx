import { useEffect, useId, useState } from 'preact/hooks';
import type { Api } from '../api/http.ts';
import type { FoundCustomer, NewTicketCustomer } from '../api/types.ts';
import { t } from '../core/i18n.ts';
import { Pages } from '../core/pages.ts';
import { problemOf } from './work.ts';
import '../ui/field.css';
import './invite-dialog.css';
import './customer-picker.css';
import './ticket.css';

export type Whose =
  | { is: 'nobody' }
  /** `there`: the id is how the connected ticket system knows him. */
  | { is: 'person'; id: string; name: string; there?: boolean }
  | { is: 'address'; name: string; email: string };

/** As the API has it. */
export function asked(whose: Whose): NewTicketCustomer | undefined {
  if (whose.is === 'person') return whose.there ? { is: 'there', login: whose.id } : { is: 'person', id: whose.id };
  const [name, email] = whose.is === 'address' ? [whose.name.trim(), whose.email.trim()] : ['', ''];
  if (name === '' && email === '') return undefined;
  return { is: 'address', ...(name && { name }), ...(email && { email }) };
}

const idOf = ({ id, login }: FoundCustomer) => id ?? login ?? '';

interface CustomerPickerProps {
  api: Api;
  whose: Whose;
  onPick: (whose: Whose) => void;
}

/** Whom a ticket is for: a customer user, somebody with a name or address only, or nobody. */
export function CustomerPicker({ api, whose, onPick }: CustomerPickerProps) {
  const id = useId();
  const [q, setQ] = useState('');
  const [pages] = useState(
    () =>
      new Pages(async (q: string): Promise<{ rows: readonly FoundCustomer[] }> => {
        if (q === '') return { rows: [] };
        return { rows: (await api.call('GET /api/customers', { query: { q } })).customers };
      }),
  );
  useEffect(() => pages.ask(q.trim()), [q]);
  useEffect(() => () => pages.stop(), []);
  const kinds = ['person', 'address', 'nobody'] as const;
  const change = (is: Whose['is']) =>
    onPick(is === 'person' ? { is, id: '', name: '' } : is === 'address' ? { is, name: '', email: '' } : { is });
  return (
    <fieldset class="customer-picker">
      <legend>{t('agent-ticket-for')}</legend>
      <div class="customer-kinds">
        {kinds.map((is) => (
          <label key={is} class="tick">
            <input type="radio" name={id} checked={whose.is === is} onChange={() => change(is)} />
            {t('agent-ticket-for-kind', { is })}
          </label>
        ))}
      </div>
      {whose.is === 'address' &&
        (['name', 'email'] as const).map((what) => (
          <div key={what} class="field">
            <label for={`${id}-${what}`}>{t(what === 'name' ? 'agent-name' : 'agent-email')}</label>
            <input
              id={`${id}-${what}`}
              dir="auto"
              maxLength={254}
              value={whose[what]}
              onInput={(event) => onPick({ ...whose, [what]: event.currentTarget.value })}
            />
          </div>
        ))}
      {whose.is === 'person' && (
        <div class="field customer-search">
          <label for={`${id}-search`}>{t('agent-customer-search')}</label>
          <input
            id={`${id}-search`}
            type="search"
            autocomplete="off"
            dir="auto"
            maxLength={100}
            value={q}
            onInput={(event) => setQ(event.currentTarget.value)}
          />
          <div class="invite-people customer-found" role="radiogroup" aria-label={t('agent-customer')}>
            {whose.id !== '' && !pages.rows.value.some((it) => idOf(it) === whose.id) && (
              <label>
                <input type="radio" checked readOnly />
                <bdi>{whose.name}</bdi>
              </label>
            )}
            {pages.rows.value.map((found) => (
              <label key={idOf(found)}>
                <input
                  type="radio"
                  name={`${id}-person`}
                  checked={whose.id === idOf(found)}
                  onChange={() =>
                    onPick({ is: 'person', id: idOf(found), name: found.name, there: found.id === undefined })
                  }
                />
                <span>
                  <bdi>{found.name}</bdi>
                  <small>{[found.company, found.email].filter(Boolean).join(' · ')}</small>
                </span>
              </label>
            ))}
          </div>
          <p role="status" class="field-hint">
            {pages.state.value === 'failed'
              ? problemOf(pages.problem.value)
              : q.trim() !== '' && pages.state.value === 'end' && pages.rows.value.length === 0
                ? t('agent-customer-not-found')
                : ''}
          </p>
        </div>
      )}
    </fieldset>
  );
}
