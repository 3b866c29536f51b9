import { useState } from 'preact/hooks';
import { t } from '../../core/i18n.ts';
import { type Api, Refusal } from '../../core/server.ts';
import { Button } from '../../ui/Button.tsx';
import type { useTries } from './use-tries.ts';

interface WaysInProps {
  api: Api;
  person: { id: string; name: string };
  /** Where it is known; else it is found out by taking it away. */
  secondFactor?: boolean;
  hasPassword?: boolean;
  work: Pick<ReturnType<typeof useTries>, 'busy' | 'tries'>;
  /** Not where no password can be given. */
  onPassword?: () => Promise<unknown>;
  onLink: () => void;
  onChanged?: () => Promise<void>;
}

/** How somebody gets in, as administrators see to it. */
export function WaysIn({ api, person, secondFactor, hasPassword = true, work, ...on }: WaysInProps) {
  const [said, setSaid] = useState('');
  const { id, name } = person;
  const { busy, tries } = work;

  function ends(what: () => Promise<unknown>, done: string) {
    void tries(async () => {
      try {
        await what();
        setSaid(done);
      } catch (error) {
        if (!(error instanceof Refusal) || error.problem.code !== 'not_found') throw error;
        setSaid(t('admin-factor-none'));
      }
      await on.onChanged?.();
    });
  }

  const known = secondFactor === undefined ? '' : t(secondFactor ? 'admin-factor-set' : 'admin-factor-none');
  return (
    <>
      {on.onPassword && (
        <p class="admin-password-new">
          <Button size="small" busy={busy} onClick={() => void tries(on.onPassword!)}>
            {t('admin-password-new')}
          </Button>
          <span class="field-hint">{t('admin-password-ends', { name })}</span>
        </p>
      )}
      <p class="admin-password-new">
        <Button size="small" busy={busy} onClick={on.onLink}>
          {t('admin-link-make')}
        </Button>
        <span class="field-hint">{t(hasPassword ? 'admin-link-why' : 'admin-link-waits')}</span>
      </p>
      <p class="admin-password-new">
        <Button
          size="small"
          busy={busy}
          onClick={() =>
            ends(() => api.call('DELETE /api/admin/people/{id}/sessions', { id }), t('admin-sessions-ended', { name }))
          }
        >
          {t('admin-sessions-end')}
        </Button>
        {secondFactor !== false && (
          <Button
            size="small"
            busy={busy}
            onClick={() =>
              ends(
                () => api.call('DELETE /api/admin/people/{id}/second_factor', { id }),
                t('admin-factor-removed', { name }),
              )
            }
          >
            {t('admin-factor-remove')}
          </Button>
        )}
        <span role="status" class="field-hint">
          {said || known}
        </span>
      </p>
    </>
  );
}
