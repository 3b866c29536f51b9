import { useState } from 'preact/hooks';
import type { AdminCompany } from '../../api/types.ts';
import { number } from '../../core/format.ts';
import { t } from '../../core/i18n.ts';
import type { Api } from '../../core/server.ts';
import { SaveDialog } from '../SaveDialog.tsx';
import { FoundThings } from './FoundThings.tsx';
import { TextRow, TickRow } from './form-rows.tsx';
import { Said, Things } from './Things.tsx';
import { useFound } from './use-found.ts';
import { useTries } from './use-tries.ts';

/** The companies that customer users belong to. They come with their customer users. */
export function CompaniesPage({ api }: { api: Api }) {
  const all = useFound(async (q, after) => {
    const { companies, next } = await api.call('GET /api/admin/companies', { query: { q, after } });
    return { found: companies, ...(next && { next }) };
  });
  const [open, setOpen] = useState<AdminCompany>();
  return (
    <>
      <p class="admin-why">{t('admin-companies-why')}</p>
      <FoundThings
        found={all}
        find={t('admin-find-company')}
        none={(q) => (q ? t('admin-no-company', { q }) : t('admin-no-companies'))}
      >
        {(companies) => (
          <Things
            caption={t('admin-companies')}
            things={companies}
            columns={[
              { head: t('admin-company'), cell: ({ name }) => <Said of={name} /> },
              { head: t('admin-people'), cell: ({ people }) => number(people) },
            ]}
            valid={({ valid }) => valid}
            changeLabel={({ name }) => t('admin-company-change', { name })}
            onChange={setOpen}
            onMore={all.more}
          />
        )}
      </FoundThings>
      {open && <CompanyDialog api={api} company={open} onChanged={all.again} onClose={() => setOpen(undefined)} />}
    </>
  );
}

interface CompanyDialogProps {
  api: Api;
  company: AdminCompany;
  onChanged: () => Promise<void>;
  onClose: () => void;
}

function CompanyDialog({ api, company, onChanged, onClose }: CompanyDialogProps) {
  const [name, setName] = useState(company.name);
  const [valid, setValid] = useState(company.valid);
  const { busy, problem, setProblem, tries } = useTries();

  function save() {
    if (name.trim() === '') return setProblem(t('admin-needs-name'));
    void tries(async () => {
      await api.call('PUT /api/admin/companies/{id}', {
        id: company.id,
        body: { name, valid, version: company.version },
      });
      await onChanged();
      onClose();
    });
  }

  return (
    <SaveDialog
      title={t('admin-company-change', { name: company.name })}
      busy={busy}
      problem={problem}
      onSave={save}
      onClose={onClose}
    >
      <div class="admin-form">
        <TextRow label={t('admin-name')} value={name} maxLength={200} onText={setName} />
        <TickRow label={t('admin-valid-company')} checked={valid} onTick={setValid} />
      </div>
    </SaveDialog>
  );
}
