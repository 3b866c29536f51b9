import Plus from 'lucide/dist/esm/icons/plus.mjs';
import { useState } from 'preact/hooks';
import type { AdminRights } from '../../api/types.ts';
import { t } from '../../core/i18n.ts';
import type { Api } from '../../core/server.ts';
import { Button } from '../../ui/Button.tsx';
import { Fetched } from './Fetched.tsx';
import { KeyMatrix } from './KeyMatrix.tsx';
import { NameDialog } from './NameDialog.tsx';

/** Roles with the keys they hold, and the groups these are held on. */
export function RightsPage({ api }: { api: Api }) {
  return (
    <Fetched fetch={() => api.call('GET /api/admin/rights')}>
      {(rights, again) => <Rights api={api} rights={rights} onChanged={again} />}
    </Fetched>
  );
}

interface RightsProps {
  api: Api;
  rights: AdminRights;
  onChanged: () => Promise<void>;
}

function Rights({ api, rights, onChanged }: RightsProps) {
  const [making, setMaking] = useState<'role' | 'group'>();
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
      {rights.roles.length === 0 && <p class="rows-none">{t('admin-no-roles')}</p>}
      {rights.roles.map(({ name, keys, members }) => (
        <section key={name} class="card admin-role">
          <h2>
            <bdi translate={false}>{name}</bdi>
          </h2>
          <p>{t('admin-members', { count: members })}</p>
          <KeyMatrix
            api={api}
            label={name}
            holder={{ is: 'role', name }}
            groups={rights.groups}
            keys={rights.keys}
            held={keys}
            onChanged={onChanged}
          />
        </section>
      ))}
      {making && (
        <NameDialog
          title={t(making === 'role' ? 'admin-role-new' : 'admin-group-new')}
          onSave={(name) =>
            api.call(making === 'role' ? 'POST /api/admin/roles' : 'POST /api/admin/groups', { body: { name } })
          }
          onChanged={onChanged}
          onClose={() => setMaking(undefined)}
        />
      )}
    </>
  );
}
