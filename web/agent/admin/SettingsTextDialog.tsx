import { useEffect, useId, useState } from 'preact/hooks';
import type { AdminSetting, SettingsPlan } from '../../api/types.ts';
import { t } from '../../core/i18n.ts';
import type { Api } from '../../core/server.ts';
import { Button } from '../../ui/Button.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import { problemOf } from '../work.ts';
import { nameOf, valueWords } from './words.ts';

interface SettingsTextDialogProps {
  api: Api;
  settings: readonly AdminSetting[];
  onClose: () => void;
  onApplied: () => Promise<void>;
}

/** All settings as a text: to be kept, and to be applied as a whole after a look at what that would change. */
export function SettingsTextDialog({ api, settings, onClose, onApplied }: SettingsTextDialogProps) {
  const [text, setText] = useState<string>();
  const [plan, setPlan] = useState<SettingsPlan & { applied: boolean }>();
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string>();
  const id = useId();

  async function tries(what: () => Promise<void>) {
    setBusy(true);
    setProblem(undefined);
    try {
      await what();
    } catch (error) {
      setProblem(problemOf(error));
    } finally {
      setBusy(false);
    }
  }
  useEffect(() => void tries(async () => setText((await api.call('GET /api/admin/settings/text')).text)), []);

  const look = () =>
    tries(async () => {
      const plan = await api.call('POST /api/admin/settings/plan', { body: { text: text ?? '' } });
      setPlan({ ...plan, applied: false });
    });
  const apply = () =>
    tries(async () => {
      const plan = await api.call('POST /api/admin/settings/apply', { body: { text: text ?? '' } });
      setPlan({ ...plan, applied: plan.problems.length === 0 });
      await onApplied();
    });
  const named = (name: string) => settings.find((setting) => setting.name === name) ?? { name, kind: 'text' as const };
  const ready = plan !== undefined && !plan.applied && plan.problems.length === 0 && plan.changes.length > 0;

  return (
    <Dialog
      title={t('admin-text')}
      onClose={onClose}
      actions={
        ready ? (
          <Button kind="primary" busy={busy} onClick={() => void apply()}>
            {t('admin-apply')}
          </Button>
        ) : (
          <Button kind="primary" busy={busy} onClick={() => void look()}>
            {t('admin-plan')}
          </Button>
        )
      }
    >
      <div class="settings-text">
        <p id={`${id}-hint`}>{t('admin-text-hint')}</p>
        <label for={id} class="quiet">
          {t('admin-text')}
        </label>
        <textarea
          id={id}
          rows={14}
          spellcheck={false}
          maxLength={100_000}
          aria-describedby={`${id}-hint`}
          value={text ?? ''}
          onInput={(event) => {
            setText(event.currentTarget.value);
            setPlan(undefined);
          }}
        />
        {text !== undefined && (
          <a
            class="settings-text-keep"
            download="deskbell-settings.toml"
            href={`data:application/toml;charset=utf-8,${encodeURIComponent(text)}`}
          >
            {t('admin-download')}
          </a>
        )}
        <div role="status">
          {plan && plan.problems.length === 0 && (
            <p>
              {plan.changes.length === 0
                ? t('admin-plan-none')
                : t(plan.applied ? 'admin-applied' : 'admin-plan-count', { count: plan.changes.length })}
            </p>
          )}
          {plan && plan.problems.length === 0 && (
            <ul class="settings-plan">
              {plan.changes.map(({ name, old, new: to }) => (
                <li key={name}>
                  <span>{nameOf({ name })}</span>: <del>{valueWords(named(name), old)}</del> →{' '}
                  <b>{valueWords(named(name), to)}</b>
                </li>
              ))}
            </ul>
          )}
        </div>
        {plan && plan.problems.length > 0 && (
          <div role="alert" class="field-problem">
            {t('admin-plan-problems')}
            <ul>
              {plan.problems.map((problem) => (
                <li key={problem}>{problem}</li>
              ))}
            </ul>
          </div>
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
