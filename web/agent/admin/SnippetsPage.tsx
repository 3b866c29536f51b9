import Plus from 'lucide/dist/esm/icons/plus.mjs';
import { useState } from 'preact/hooks';
import type { AdminSnippets } from '../../api/types.ts';
import { t } from '../../core/i18n.ts';
import type { Api } from '../../core/server.ts';
import { Button } from '../../ui/Button.tsx';
import { Fetched } from './Fetched.tsx';
import { SnippetDialog } from './SnippetDialog.tsx';
import { Said, Things } from './Things.tsx';

/** All snippets, invalid ones too. */
export function SnippetsPage({ api }: { api: Api }) {
  return (
    <Fetched fetch={() => api.call('GET /api/admin/snippets')}>
      {(all, again) => <Snippets api={api} all={all} onChanged={again} />}
    </Fetched>
  );
}

interface SnippetsProps {
  api: Api;
  all: AdminSnippets;
  onChanged: () => Promise<void>;
}

function Snippets({ api, all, onChanged }: SnippetsProps) {
  const [open, setOpen] = useState<string | 'new'>();
  const snippet = all.snippets.find(({ id }) => id === open);
  return (
    <>
      <p class="admin-why">{t('admin-snippets-why')}</p>
      <div class="admin-bar">
        <Button size="small" icon={Plus} onClick={() => setOpen('new')}>
          {t('admin-snippet-new')}
        </Button>
      </div>
      {all.snippets.length === 0 && <p class="rows-none">{t('admin-no-snippets')}</p>}
      {all.snippets.length > 0 && (
        <Things
          caption={t('admin-snippets')}
          things={all.snippets}
          columns={[
            { head: t('admin-snippet'), cell: ({ snippet }) => <Said of={snippet.public_id} /> },
            { head: t('admin-snippet-title'), cell: ({ snippet }) => <Said of={snippet.title} /> },
            { head: t('admin-channel'), cell: ({ snippet }) => <Said of={snippet.channel} /> },
            { head: t('admin-sites'), cell: ({ snippet }) => <Said of={snippet.sites.join(' ')} /> },
          ]}
          valid={({ snippet }) => snippet.valid}
          changeLabel={({ snippet }) => t('admin-snippet-change', { name: snippet.public_id })}
          onChange={({ id }) => setOpen(id)}
        />
      )}
      {(snippet || open === 'new') && (
        <SnippetDialog
          key={open}
          api={api}
          snippet={snippet}
          channels={all.channels}
          address={all.address}
          onMade={setOpen}
          onChanged={onChanged}
          onClose={() => setOpen(undefined)}
        />
      )}
    </>
  );
}
