import { useEffect, useState } from 'preact/hooks';
import type { MadeLink } from '../../api/types.ts';
import { lang, t } from '../../core/i18n.ts';
import type { Api } from '../../core/server.ts';
import { Button } from '../../ui/Button.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import { problemOf } from '../work.ts';
import { CopyButton } from './CopyButton.tsx';

interface LinkDialogProps {
  api: Api;
  title: string;
  person: { id: string; name: string; email: string | undefined };
  onClose: () => void;
}

/** A link by which somebody chooses his password: made when this opens, to be copied or mailed. */
export function LinkDialog({ api, title, person, onClose }: LinkDialogProps) {
  const [made, setMade] = useState<MadeLink>();
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string>();
  const { id, name, email } = person;

  async function make(mail: boolean): Promise<void> {
    setBusy(true);
    setProblem(undefined);
    try {
      const body = { mail, language: lang.peek() };
      setMade(await api.call('POST /api/admin/people/{id}/link', { id, body }));
    } catch (error) {
      setProblem(problemOf(error));
    }
    setBusy(false);
  }
  useEffect(() => void make(false), []);

  return (
    <Dialog title={title} onClose={onClose}>
      <div class="admin-link">
        <div role="status">
          {made && <p>{t(made.link ? 'admin-link-told' : 'admin-link-mailed', { name, hours: made.hours })}</p>}
        </div>
        {made?.link && (
          <>
            <output translate={false}>{made.link}</output>
            <p class="admin-ways">
              <CopyButton text={made.link} />
              {email && (
                <Button size="small" busy={busy} onClick={() => void make(true)}>
                  {t('admin-link-mail', { address: email })}
                </Button>
              )}
            </p>
          </>
        )}
        {problem && (
          <p class="field-problem" role="alert">
            {problem}
          </p>
        )}
      </div>
    </Dialog>
  );
}
