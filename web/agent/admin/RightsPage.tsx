import Plus from 'lucide/dist/esm/icons/plus.mjs';
import { useState } from 'preact/hooks';
import { t } from '../../core/i18n.ts';
import type { Api } from '../../core/server.ts';
import { Button } from '../../ui/Button.tsx';
import { Notice } from '../../ui/Notice.tsx';
import { KeyMatrix } from './KeyMatrix.tsx';
import { NameDialog } from './NameDialog.tsx';
import { useFetched } from './use-fetched.ts';

/** Roles with the keys they hold, and the groups these are held on. */
export function RightsPage({ api }: { api: Api }) {
  const { value, problem, look } = useFetched(() => api.call('GET /api/admin/rights'));
  const [making, setMaking] = useState<'role' | 'group'>();
  if (problem) {
    return (
      <Notice kind="danger" action={<Button onClick={() => void look()}>{t('chat-try-again')}</Button>}>
        {problem}
      </Notice>
    );
  }
  if (!value) return <p role="status">{t('admin-fetching')}</p>;
  return (
    <>
      <p class="admin-why">{t('admin-rights-why')}</p>
      <div class="admin-bar">
        <Button size="small" icon={Plus} onClick={() => setMaking('role')}>
          {t('admin-role-new')}
        </Button>
        <Button size="small" icon={Plus} onClick={() => setMaking('group')}>
          {t('admin-group-new')}
        </Button>
      </div>
      {value.roles.length === 0 && <p class="admin-none">{t('admin-no-roles')}</p>}
      {value.roles.map(({ name, keys, members }) => (
        <section key={name} class="card admin-role">
          <h2>
            <bdi translate={false}>{name}</bdi>
          </h2>
          <p>{t('admin-members', { count: members })}</p>
          <KeyMatrix
            api={api}
            label={name}
            holder={{ is: 'role', name }}
            groups={value.groups}
            keys={value.keys}
            held={keys}
            onChanged={look}
          />
        </section>
      ))}
      {making && (
        <NameDialog
          title={t(making === 'role' ? 'admin-role-new' : 'admin-group-new')}
          onSave={(name) =>
            api.call(making === 'role' ? 'POST /api/admin/roles' : 'POST /api/admin/groups', { body: { name } })
          }
          onChanged={look}
          onClose={() => setMaking(undefined)}
        />
      )}
    </>
  );
}
