import { t } from '../../core/i18n.ts';
import type { Api } from '../../core/server.ts';
import { Link } from '../Link.tsx';
import { PageHead } from '../PageHead.tsx';
import { type AdminPart, adminParts } from '../routes.ts';
import { AgentsPage } from './AgentsPage.tsx';
import { BeginPage } from './BeginPage.tsx';
import { ChannelsPage } from './ChannelsPage.tsx';
import { CompaniesPage } from './CompaniesPage.tsx';
import { CustomersPage } from './CustomersPage.tsx';
import { LettersPage } from './LettersPage.tsx';
import { LogPage } from './LogPage.tsx';
import { LookPage } from './LookPage.tsx';
import { QueuesPage } from './QueuesPage.tsx';
import { RightsPage } from './RightsPage.tsx';
import { SessionsPage } from './SessionsPage.tsx';
import { SettingsPage } from './SettingsPage.tsx';
import { SnippetsPage } from './SnippetsPage.tsx';
import './admin.css';

export { DoorsDialog } from './DoorsDialog.tsx';

interface AdminPageProps {
  api: Api;
  part: AdminPart;
}

/** What administrators change: a page for each part, and the way between them. */
export function AdminPage({ api, part }: AdminPageProps) {
  return (
    <div class="admin">
      <PageHead
        title={t('admin-title')}
        below={
          <nav class="admin-parts" aria-label={t('admin-parts')}>
            <ul>
              {adminParts.map((to) => (
                <li key={to}>
                  <Link to={{ at: 'admin', part: to }} class="admin-part" current={to === part}>
                    {t(`admin-${to}`)}
                  </Link>
                </li>
              ))}
            </ul>
          </nav>
        }
      />
      {part === 'begin' && <BeginPage api={api} />}
      {part === 'agents' && <AgentsPage api={api} />}
      {part === 'rights' && <RightsPage api={api} />}
      {part === 'customers' && <CustomersPage api={api} />}
      {part === 'companies' && <CompaniesPage api={api} />}
      {part === 'channels' && <ChannelsPage api={api} />}
      {part === 'queues' && <QueuesPage api={api} />}
      {part === 'snippets' && <SnippetsPage api={api} />}
      {part === 'letters' && <LettersPage api={api} />}
      {part === 'look' && <LookPage api={api} />}
      {part === 'settings' && <SettingsPage api={api} />}
      {part === 'sessions' && <SessionsPage api={api} />}
      {part === 'log' && <LogPage api={api} />}
    </div>
  );
}
