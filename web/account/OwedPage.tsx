import { t } from '../core/i18n.ts';
import type { Api } from '../core/server.ts';
import { Button } from '../ui/Button.tsx';
import { FactorPart } from './FactorPart.tsx';
import './account.css';

interface OwedPageProps {
  api: Api;
  name: string;
  onSet: () => void;
  onSignOut: () => void;
}

/** Before anything else: rights that ask for a second factor. */
export function OwedPage({ api, name, onSet, onSignOut }: OwedPageProps) {
  return (
    <main class="account-door">
      <div class="account">
        <h1>{t('account-owed', { name })}</h1>
        <p class="account-why">{t('account-owed-why')}</p>
        <FactorPart api={api} owed onSet={onSet} />
        <p>
          <Button kind="quiet" onClick={onSignOut}>
            {t('account-session-sign-out')}
          </Button>
        </p>
      </div>
    </main>
  );
}
