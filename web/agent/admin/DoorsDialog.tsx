import { useState } from 'preact/hooks';
import { t } from '../../core/i18n.ts';
import { type Api, Refusal } from '../../core/server.ts';
import { Button } from '../../ui/Button.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import { problemOf } from '../work.ts';
import { LinkDialog } from './LinkDialog.tsx';
import './admin.css';

interface DoorsDialogProps {
  api: Api;
  person: { id: string; name: string; email: string | undefined };
  onClose: () => void;
}

/** How a customer user gets in, as administrators see to it. */
export function DoorsDialog({ api, person, onClose }: DoorsDialogProps) {
  const [inviting, setInviting] = useState(false);
  const [said, setSaid] = useState('');
  const { id, name } = person;
  const title = t('admin-doors', { name });

  async function tries(what: () => Promise<unknown>, done: string, none?: string): Promise<void> {
    try {
      await what();
      setSaid(done);
    } catch (error) {
      const isNone = error instanceof Refusal && error.problem.code === 'not_found';
      setSaid(isNone && none ? none : problemOf(error));
    }
  }

  if (inviting) return <LinkDialog api={api} title={title} person={person} onClose={onClose} />;
  return (
    <Dialog title={title} onClose={onClose}>
      <div class="admin-link">
        <p>{t('admin-doors-why', { name })}</p>
        <p class="admin-ways">
          <Button onClick={() => setInviting(true)}>{t('admin-link-make')}</Button>
          <Button
            onClick={() =>
              void tries(
                () => api.call('DELETE /api/admin/people/{id}/sessions', { id }),
                t('admin-sessions-ended', { name }),
              )
            }
          >
            {t('admin-sessions-end')}
          </Button>
          <Button
            onClick={() =>
              void tries(
                () => api.call('DELETE /api/admin/people/{id}/second_factor', { id }),
                t('admin-factor-removed', { name }),
                t('admin-factor-none'),
              )
            }
          >
            {t('admin-factor-remove')}
          </Button>
        </p>
        <p role="status">{said}</p>
      </div>
    </Dialog>
  );
}
