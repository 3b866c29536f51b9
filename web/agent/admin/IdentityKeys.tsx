import { useState } from 'preact/hooks';
import type { AdminSnippet } from '../../api/types.ts';
import { moment } from '../../core/format.ts';
import { t } from '../../core/i18n.ts';
import type { Api } from '../../core/server.ts';
import { Button } from '../../ui/Button.tsx';
import { CopyButton } from './CopyButton.tsx';
import type { useTries } from './use-tries.ts';

/** While one takes the place of the other. */
const KEYS_MAX = 2;

interface IdentityKeysProps {
  api: Api;
  snippet: AdminSnippet;
  work: Pick<ReturnType<typeof useTries>, 'busy' | 'tries'>;
  onChanged: () => Promise<void>;
}

/** The keys with which the pages of a snippet prove who is signed in there. A new one is shown once. */
export function IdentityKeys({
  api,
  snippet: { id, keys, snippet },
  work: { busy, tries },
  onChanged,
}: IdentityKeysProps) {
  const [told, setTold] = useState<string>();
  const title = t('admin-identity');

  function make() {
    void tries(async () => {
      const { key } = await api.call('POST /api/admin/snippets/{id}/keys', { id });
      setTold(key);
      await onChanged();
    });
  }

  function remove(key: string) {
    void tries(async () => {
      await api.call('DELETE /api/admin/snippets/{id}/keys/{key}', { id, key });
      setTold(undefined);
      await onChanged();
    });
  }

  return (
    <section class="admin-keys">
      <h3>{title}</h3>
      <p class="field-hint">{t('admin-identity-hint')}</p>
      {keys.length > 0 && (
        <ul>
          {keys.map((key) => {
            const made = moment(key.created_at);
            return (
              <li key={key.id}>
                {t('admin-identity-key', { made })}
                <Button
                  size="small"
                  busy={busy}
                  label={t('admin-identity-remove-label', { made })}
                  onClick={() => remove(key.id)}
                >
                  {t('admin-identity-remove')}
                </Button>
              </li>
            );
          })}
        </ul>
      )}
      <div role="status">
        {told && (
          <>
            <p>{t('admin-identity-told')}</p>
            <pre translate={false}>{told}</pre>
            <p class="admin-copy">
              <CopyButton text={told} what={title} />
            </p>
          </>
        )}
      </div>
      {keys.length < KEYS_MAX && (
        <p>
          <Button size="small" busy={busy} onClick={make}>
            {t(keys.length === 0 ? 'admin-identity-make' : 'admin-identity-another')}
          </Button>
        </p>
      )}
      {keys.length > 0 && (
        <>
          <p class="field-hint">{t('admin-identity-how')}</p>
          <pre translate={false}>{claimsOf(snippet.public_id)}</pre>
        </>
      )}
    </section>
  );
}

/** What such a page's server signs; times in seconds. */
function claimsOf(snippet: string): string {
  return `{ "sub": "c-4711", "name": "Priya Raman", "aud": "${snippet}", "iat": now, "exp": now + 600 }`;
}
