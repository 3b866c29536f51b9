import { useState } from 'preact/hooks';
import { t } from '../core/i18n.ts';
import type { Api } from '../core/server.ts';
import { Field } from '../ui/Field.tsx';
import { Form } from './Form.tsx';
import { useTry } from './use-try.ts';

/** A new password against the old one. */
export function PasswordPart({ api }: { api: Api }) {
  const [done, setDone] = useState(false);
  const { busy, problem, attempt } = useTry();

  async function change(old: string, wanted: string, form: HTMLFormElement) {
    setDone(false);
    const changed = await attempt(() => api.call('PUT /api/password', { body: { old, new: wanted } }));
    if (!changed) return;
    form.reset();
    setDone(true);
  }

  return (
    <section class="card account-part" aria-labelledby="account-password">
      <h2 id="account-password">{t('account-password')}</h2>
      <Form
        action={t('account-password-change')}
        busy={busy}
        problem={problem}
        onSend={({ old = '', wanted = '' }, form) => void change(old, wanted, form)}
      >
        <Field name="old" label={t('account-password-old')} type="password" autocomplete="current-password" />
        <Field
          name="wanted"
          label={t('account-password-new')}
          hint={t('account-password-hint')}
          type="password"
          autocomplete="new-password"
        />
      </Form>
      <p role="status" class="account-said">
        {done && t('account-password-changed')}
      </p>
    </section>
  );
}
