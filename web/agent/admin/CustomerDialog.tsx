import { useId, useState } from 'preact/hooks';
import type { AdminCustomer } from '../../api/types.ts';
import { t } from '../../core/i18n.ts';
import type { Api } from '../../core/server.ts';
import { SaveDialog } from '../SaveDialog.tsx';
import { TextRow, TickRow } from './form-rows.tsx';
import { LinkDialog } from './LinkDialog.tsx';
import { PasswordTold } from './PasswordTold.tsx';
import { useTries } from './use-tries.ts';
import { WaysIn } from './WaysIn.tsx';

interface CustomerDialogProps {
  api: Api;
  /** None for a new one. */
  customer: AdminCustomer | undefined;
  onChanged: () => Promise<void>;
  onClose: () => void;
}

/** A new customer user, or what of one can be changed. */
export function CustomerDialog({ api, customer, onChanged, onClose }: CustomerDialogProps) {
  const [login, setLogin] = useState('');
  const [name, setName] = useState(customer?.name ?? '');
  const [email, setEmail] = useState(customer?.email ?? '');
  const [company, setCompany] = useState(customer?.company ?? '');
  const [companies, setCompanies] = useState<readonly string[]>([]);
  const [valid, setValid] = useState(customer?.valid ?? true);
  const [password, setPassword] = useState<string>();
  const [invited, setInvited] = useState(customer === undefined);
  /** A link is made for this one. */
  const [linkFor, setLinkFor] = useState<string>();
  const { busy, problem, setProblem, tries } = useTries();
  const list = useId();

  /** Names to choose from; whoever types another makes a company of it. */
  async function typed(company: string): Promise<void> {
    setCompany(company);
    try {
      const page = await api.call('GET /api/admin/companies', { query: { q: company || undefined } });
      setCompanies(page.companies.filter(({ valid }) => valid).map(({ name }) => name));
    } catch {
      // Without them it can be typed.
    }
  }

  function save() {
    if (name.trim() === '' || (customer === undefined && login.trim() === ''))
      return setProblem(t('admin-needs-login'));
    void tries(async () => {
      if (customer === undefined) {
        const body = { login, name, email, company, ...(invited && { invited }) };
        const made = await api.call('POST /api/admin/customers', { body });
        await onChanged();
        if (made.password === undefined) setLinkFor(made.id);
        else setPassword(made.password);
      } else {
        const body = { name, email, company, valid, version: customer.version };
        await api.call('PUT /api/admin/customers/{id}', { id: customer.id, body });
        await onChanged();
        onClose();
      }
    });
  }

  const title = customer === undefined ? t('admin-customer-new') : t('admin-customer-change', { name: customer.name });
  if (password !== undefined) return <PasswordTold title={title} name={name} password={password} onClose={onClose} />;
  if (linkFor !== undefined) {
    return (
      <LinkDialog api={api} title={title} person={{ id: linkFor, name, email: email || undefined }} onClose={onClose} />
    );
  }
  return (
    <SaveDialog title={title} busy={busy} problem={problem} onSave={save} onClose={onClose}>
      <div class="admin-form">
        {customer === undefined && (
          <TextRow label={t('admin-login')} value={login} maxLength={100} verbatim onText={setLogin} />
        )}
        <TextRow label={t('admin-name')} value={name} maxLength={200} onText={setName} />
        <TextRow label={t('admin-email')} value={email} maxLength={254} inputMode="email" verbatim onText={setEmail} />
        <TextRow
          label={t('admin-company')}
          value={company}
          maxLength={200}
          list={list}
          hint={t('admin-company-hint')}
          onText={(text) => void typed(text)}
        />
        <datalist id={list}>
          {companies.map((name) => (
            <option key={name} value={name} />
          ))}
        </datalist>
        {customer === undefined && <TickRow label={t('admin-invited')} checked={invited} onTick={setInvited} />}
        {customer && <TickRow label={t('admin-valid-agent')} checked={valid} onTick={setValid} />}
      </div>
      {customer && (
        <WaysIn
          api={api}
          person={customer}
          work={{ busy, tries }}
          onPassword={async () => {
            const told = await api.call('POST /api/admin/customers/{id}/password', { id: customer.id });
            await onChanged();
            setPassword(told.password);
          }}
          onLink={() => setLinkFor(customer.id)}
          onChanged={onChanged}
        />
      )}
    </SaveDialog>
  );
}
