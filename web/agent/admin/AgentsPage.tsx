import { useState } from 'preact/hooks';
import type { AdminRights } from '../../api/types.ts';
import { t } from '../../core/i18n.ts';
import type { Api } from '../../core/server.ts';
import { AgentDialog } from './AgentDialog.tsx';
import { Fetched } from './Fetched.tsx';
import { FoundThings } from './FoundThings.tsx';
import { Said, Things } from './Things.tsx';
import { useFound } from './use-found.ts';

/** The agents by name, and what of each can be changed. */
export function AgentsPage({ api }: { api: Api }) {
  return (
    <Fetched fetch={() => api.call('GET /api/admin/rights')}>
      {(rights) => <Agents api={api} rights={rights} />}
    </Fetched>
  );
}

interface AgentsProps {
  api: Api;
  /** What an agent can be given. */
  rights: AdminRights;
}

function Agents({ api, rights }: AgentsProps) {
  const all = useFound(async (q, after) => {
    const { agents, next } = await api.call('GET /api/admin/agents', { query: { q, after } });
    return { found: agents, ...(next && { next }) };
  });
  const [open, setOpen] = useState<string | 'new'>();
  const agent = all.found?.find(({ id }) => id === open);
  return (
    <>
      <FoundThings
        found={all}
        find={t('admin-find-agent')}
        none={(q) => t('admin-no-agent', { q })}
        add={{ label: t('admin-agent-new'), onAdd: () => setOpen('new') }}
      >
        {(agents) => (
          <Things
            caption={t('admin-agents')}
            things={agents}
            columns={[
              { head: t('admin-agent'), cell: ({ name }) => <Said of={name} /> },
              { head: t('admin-login'), cell: ({ login }) => <Said of={login} /> },
              { head: t('admin-email'), cell: ({ email }) => <Said of={email} /> },
              { head: t('admin-roles'), cell: ({ roles }) => <Said of={roles.join(', ')} /> },
            ]}
            valid={({ valid }) => valid}
            changeLabel={({ name }) => t('admin-agent-change', { name })}
            onChange={({ id }) => setOpen(id)}
            onMore={all.more}
          />
        )}
      </FoundThings>
      {(agent || open === 'new') && (
        <AgentDialog
          key={open}
          api={api}
          agent={agent}
          rights={rights}
          onChanged={all.again}
          onClose={() => setOpen(undefined)}
        />
      )}
    </>
  );
}
