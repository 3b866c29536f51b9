import { useState } from 'preact/hooks';
import { t } from '../../core/i18n.ts';
import type { Api } from '../../core/server.ts';
import { CustomerDialog } from './CustomerDialog.tsx';
import { FoundThings } from './FoundThings.tsx';
import { Said, Things } from './Things.tsx';
import { useFound } from './use-found.ts';

/** The customer users by name, and what of each can be changed. */
export function CustomersPage({ api }: { api: Api }) {
  const all = useFound(async (q, after) => {
    const { customers, next } = await api.call('GET /api/admin/customers', { query: { q, after } });
    return { found: customers, ...(next && { next }) };
  });
  const [open, setOpen] = useState<string | 'new'>();
  const customer = all.found?.find(({ id }) => id === open);
  return (
    <>
      <FoundThings
        found={all}
        find={t('admin-find-customer')}
        none={(q) => (q ? t('admin-no-customer', { q }) : t('admin-no-customers'))}
        add={{ label: t('admin-customer-new'), onAdd: () => setOpen('new') }}
      >
        {(customers) => (
          <Things
            caption={t('admin-customers')}
            things={customers}
            columns={[
              { head: t('admin-customer'), cell: ({ name }) => <Said of={name} /> },
              { head: t('admin-login'), cell: ({ login }) => <Said of={login} /> },
              { head: t('admin-email'), cell: ({ email }) => <Said of={email} /> },
              { head: t('admin-company'), cell: ({ company }) => <Said of={company} /> },
            ]}
            valid={({ valid }) => valid}
            changeLabel={({ name }) => t('admin-customer-change', { name })}
            onChange={({ id }) => setOpen(id)}
            onMore={all.more}
          />
        )}
      </FoundThings>
      {(customer || open === 'new') && (
        <CustomerDialog
          key={open}
          api={api}
          customer={customer}
          onChanged={all.again}
          onClose={() => setOpen(undefined)}
        />
      )}
    </>
  );
}
