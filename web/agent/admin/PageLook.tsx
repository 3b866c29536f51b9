import { useState } from 'preact/hooks';
import type { PageFound } from '../../api/types.ts';
import { t } from '../../core/i18n.ts';
import type { Api } from '../../core/server.ts';
import { Button } from '../../ui/Button.tsx';
import { TextRow } from './form-rows.tsx';
import type { useTries } from './use-tries.ts';

/** The loader looks whether anything lies on the launcher where it finds this. */
const LOOK = '#deskbell-check';

interface PageLookProps {
  api: Api;
  /** The snippet's. */
  id: string;
  sites: readonly string[];
  work: Pick<ReturnType<typeof useTries>, 'busy' | 'tries'>;
}

/** Whether a live page loads the chat, and what is in the way. */
export function PageLook({ api, id, sites, work: { busy, tries } }: PageLookProps) {
  const [url, setUrl] = useState(sites[0] ? `${sites[0]}/` : '');
  const [found, setFound] = useState<PageFound>();

  function look() {
    void tries(async () => {
      setFound(undefined);
      setFound(await api.call('POST /api/admin/snippets/{id}/page', { id, body: { url } }));
    });
  }

  return (
    <section class="admin-page-look">
      <h3>{t('admin-page')}</h3>
      <p class="field-hint">{t('admin-page-hint')}</p>
      <div class="admin-form">
        <TextRow label={t('admin-page-address')} value={url} maxLength={2_000} verbatim onText={setUrl} />
      </div>
      <p class="admin-copy">
        <Button size="small" busy={busy} onClick={look}>
          {t('admin-page-look')}
        </Button>
      </p>
      <div role="status">
        {found && <p data-found={found.is}>{t(`admin-page-${found.is}`, { said: found.said ?? '' })}</p>}
        {found?.is === 'fine' && (
          <p>
            <a href={`${url.split('#')[0]}${LOOK}`} target="_blank" rel="noreferrer">
              {t('admin-page-open')}
            </a>
          </p>
        )}
      </div>
    </section>
  );
}
