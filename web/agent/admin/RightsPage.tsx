import Plus from 'lucide/dist/esm/icons/plus.mjs';
import { useState } from 'preact/hooks';
import type { AdminRights } from '../../api/types.ts';
import { t } from '../../core/i18n.ts';
import type { Api } from '../../core/server.ts';
import { Button } from '../../ui/Button.tsx';
import { problemOf } from '../work.ts';
import { Fetched } from './Fetched.tsx';
import { KeyMatrix } from './KeyMatrix.tsx';
import { NameDialog } from './NameDialog.tsx';
import { Tick } from './Tick.tsx';

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
  const [problem, setProblem] = useState<string>();

  async function guard(group: string, second_factor: boolean) {
    setProblem(undefined);
    try {
      await api.call('PUT /api/admin/guards', { body: { group, second_factor } });
      await onChanged();
    } catch (error) {
      setProblem(problemOf(error));
    }
  }

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
      <section class="card admin-role" aria-labelledby="admin-guards">
        <h2 id="admin-guards">{t('admin-guards')}</h2>
        <p class="field-hint">{t('admin-guards-why')}</p>
        {problem && (
          <p class="field-problem" role="alert">
            {problem}
          </p>
        )}
        <ul class="admin-guards">
          {rights.groups.map((group) => (
            <li key={group}>
              <Tick checked={rights.guarded.includes(group)} onSet={(on) => guard(group, on)}>
                <bdi translate={false}>{group}</bdi>
              </Tick>
            </li>
          ))}
        </ul>
      </section>
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
