import { useState } from 'preact/hooks';
import { t } from '../../core/i18n.ts';
import type { Api } from '../../core/server.ts';
import { Dialog } from '../../ui/Dialog.tsx';
import { LinkDialog } from './LinkDialog.tsx';
import { useTries } from './use-tries.ts';
import { WaysIn } from './WaysIn.tsx';
import './admin.css';

interface DoorsDialogProps {
  api: Api;
  person: { id: string; name: string; email: string | undefined };
  onClose: () => void;
}

/** How a customer user gets in, from the page about him. */
export function DoorsDialog({ api, person, onClose }: DoorsDialogProps) {
  const [inviting, setInviting] = useState(false);
  const work = useTries();
  const title = t('admin-doors', { name: person.name });
  if (inviting) return <LinkDialog api={api} title={title} person={person} onClose={onClose} />;
  return (
    <Dialog title={title} onClose={onClose}>
      <div class="admin-link">
        <p>{t('admin-doors-why', { name: person.name })}</p>
        <WaysIn api={api} person={person} work={work} onLink={() => setInviting(true)} />
        {work.problem && (
          <p class="field-problem" role="alert">
            {work.problem}
          </p>
        )}
      </div>
    </Dialog>
  );
}
