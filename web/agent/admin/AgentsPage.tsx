import Plus from 'lucide/dist/esm/icons/plus.mjs';
import { useEffect, useRef, useState } from 'preact/hooks';
import type { AdminAgent, AdminRights } from '../../api/types.ts';
import { t } from '../../core/i18n.ts';
import type { Api } from '../../core/server.ts';
import { Badge } from '../../ui/Badge.tsx';
import { Button } from '../../ui/Button.tsx';
import { Notice } from '../../ui/Notice.tsx';
import { SearchField } from '../../ui/SearchField.tsx';
import { problemOf } from '../work.ts';
import { AgentDialog } from './AgentDialog.tsx';
import { Fetched } from './Fetched.tsx';

const TYPING_MS = 200;

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
  const [agents, setAgents] = useState<readonly AdminAgent[]>();
  const [next, setNext] = useState<string>();
  const [problem, setProblem] = useState<string>();
  const [wanted, setWanted] = useState('');
  const [open, setOpen] = useState<string | 'new'>();
  const asked = useRef(0);

  /** The first page again, or the one that follows. */
  async function look(after?: string): Promise<void> {
    const turn = ++asked.current;
    setProblem(undefined);
    try {
      const page = await api.call('GET /api/admin/agents', { query: { q: wanted || undefined, after } });
      // What was asked for since is newer.
      if (turn !== asked.current) return;
      setAgents((agents) => [...(after === undefined ? [] : (agents ?? [])), ...page.agents]);
      setNext(page.next);
    } catch (error) {
      if (turn === asked.current) setProblem(problemOf(error));
    }
  }
  useEffect(() => {
    const typed = setTimeout(() => void look(), agents === undefined ? 0 : TYPING_MS);
    return () => clearTimeout(typed);
  }, [wanted]);

  const agent = agents?.find(({ id }) => id === open);
  return (
    <>
      <div class="admin-bar">
        <SearchField label={t('admin-find-agent')} value={wanted} maxLength={100} onSearch={setWanted} />
        <Button size="small" icon={Plus} onClick={() => setOpen('new')}>
          {t('admin-agent-new')}
        </Button>
      </div>
      {problem && (
        <Notice kind="danger" action={<Button onClick={() => void look()}>{t('chat-try-again')}</Button>}>
          {problem}
        </Notice>
      )}
      <p role="status" class={agents?.length === 0 ? 'rows-none' : 'quiet'}>
        {agents === undefined ? t('agent-fetching') : agents.length === 0 && t('admin-no-agent', { q: wanted })}
      </p>
      {agents && agents.length > 0 && (
        <div class="card rows admin-rows">
          <table>
            <caption class="quiet">{t('admin-agents')}</caption>
            <thead>
              <tr>
                <th scope="col">{t('admin-agent')}</th>
                <th scope="col">{t('admin-login')}</th>
                <th scope="col">{t('admin-email')}</th>
                <th scope="col">{t('admin-roles')}</th>
                <th scope="col">
                  <span class="quiet">{t('admin-change')}</span>
                </th>
              </tr>
            </thead>
            <tbody>
              {agents.map((one) => (
                <tr key={one.id}>
                  <th scope="row">
                    <bdi translate={false}>{one.name}</bdi> {!one.valid && <Badge>{t('admin-invalid')}</Badge>}
                  </th>
                  <td data-label={t('admin-login')} translate={false}>
                    <bdi>{one.login}</bdi>
                  </td>
                  <td data-label={t('admin-email')} translate={false}>
                    <bdi>{one.email ?? t('admin-nothing')}</bdi>
                  </td>
                  <td data-label={t('admin-roles')} translate={false}>
                    <bdi>{one.roles.join(', ') || t('admin-nothing')}</bdi>
                  </td>
                  <td>
                    <Button
                      size="small"
                      label={t('admin-agent-change', { name: one.name })}
                      onClick={() => setOpen(one.id)}
                    >
                      {t('admin-change')}
                    </Button>
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
          {next !== undefined && (
            <div class="rows-more">
              <Button onClick={() => void look(next)}>{t('agent-show-more')}</Button>
            </div>
          )}
        </div>
      )}
      {(agent || open === 'new') && (
        <AgentDialog
          key={open}
          api={api}
          agent={agent}
          rights={rights}
          onChanged={() => look()}
          onClose={() => setOpen(undefined)}
        />
      )}
    </>
  );
}
