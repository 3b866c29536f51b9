import { useEffect, useId, useState } from 'preact/hooks';
import type { AdminSetting } from '../../api/types.ts';
import { t } from '../../core/i18n.ts';
import { type Api, Refusal } from '../../core/server.ts';
import { Button } from '../../ui/Button.tsx';
import { problemOf } from '../work.ts';
import { HistoryDialog } from './HistoryDialog.tsx';
import { aboutOf, nameOf, number, span, valueWords } from './words.ts';

interface SettingRowProps {
  api: Api;
  setting: AdminSetting;
  /** It has another value now, or somebody else gave it one. */
  onChanged: () => Promise<void>;
}

/** A setting: what it means, its value, and the ways to change it. A switch acts at once, the others when they are saved. */
export function SettingRow({ api, setting, onChanged }: SettingRowProps) {
  const [typed, setTyped] = useState(setting.value);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string>();
  const [said, setSaid] = useState('');
  const [history, setHistory] = useState(false);
  const id = useId();
  const name = nameOf(setting);
  const isNumber = setting.kind === 'number' || setting.kind === 'seconds';
  const isSwitch = setting.kind === 'switch';

  // What is typed stays; what was not touched follows.
  const [seen, setSeen] = useState(setting.value);
  useEffect(() => {
    if (typed === seen) setTyped(setting.value);
    setSeen(setting.value);
  }, [setting.value]);

  const edited = typed !== setting.value;

  async function save(value: string | undefined) {
    if (value !== undefined && isNumber && !fits(value, setting)) {
      const bounds = { min: number(setting.min), max: number(setting.max) };
      return setProblem(t('admin-out-of-bounds', bounds));
    }
    setBusy(true);
    setProblem(undefined);
    try {
      const body = { was: setting.value, ...(value === undefined ? {} : { value }) };
      await api.call('PUT /api/admin/settings/{name}', { name: setting.name, body });
      setTyped(value ?? setting.default);
      setSeen(value ?? setting.default);
      await onChanged();
      setSaid(t('admin-saved', { name }));
    } catch (error) {
      if (error instanceof Refusal && error.problem.code === 'changed_meanwhile') {
        await onChanged();
        setProblem('changed');
      } else {
        setProblem(problemOf(error));
      }
    } finally {
      setBusy(false);
    }
  }

  const describedBy = [`${id}-about`, `${id}-bounds`, problem && `${id}-problem`].filter(Boolean).join(' ');
  return (
    <div class="setting">
      <div class="setting-words">
        {isSwitch ? <span id={`${id}-name`}>{name}</span> : <label for={id}>{name}</label>}
        <p id={`${id}-about`}>{aboutOf(setting)}</p>
        <code translate={false}>{setting.name}</code>
      </div>
      <div class="setting-value">
        {isSwitch ? (
          <button
            type="button"
            role="switch"
            class="switch"
            aria-checked={setting.value === '1'}
            aria-busy={busy || undefined}
            aria-labelledby={`${id}-name`}
            aria-describedby={describedBy}
            onClick={() => !busy && void save(setting.value === '1' ? '0' : '1')}
          >
            <span class="switch-track" />
            <span aria-hidden="true">{t(setting.value === '1' ? 'admin-on' : 'admin-off')}</span>
          </button>
        ) : (
          <form
            class="setting-form"
            onSubmit={(event) => {
              event.preventDefault();
              void save(typed);
            }}
          >
            <input
              id={id}
              class={isNumber ? 'setting-number' : 'setting-text'}
              inputMode={isNumber ? 'numeric' : undefined}
              maxLength={isNumber ? 20 : setting.max}
              autocomplete="off"
              value={typed}
              aria-invalid={problem ? 'true' : undefined}
              aria-describedby={describedBy}
              onInput={(event) => setTyped(event.currentTarget.value)}
            />
            {setting.kind === 'seconds' && <span class="setting-unit">{t('admin-seconds')}</span>}
            {edited && (
              <>
                <Button type="submit" kind="primary" size="small" busy={busy} label={t('admin-save-setting', { name })}>
                  {t('admin-save')}
                </Button>
                <Button
                  size="small"
                  kind="quiet"
                  onClick={() => {
                    setTyped(setting.value);
                    setProblem(undefined);
                  }}
                >
                  {t('admin-discard')}
                </Button>
              </>
            )}
          </form>
        )}
        <p id={`${id}-bounds`} class="setting-hint">
          {setting.kind === 'seconds' && span(Number(typed)) && (
            <span>{t('admin-span', { span: span(Number(typed)) ?? '' })}</span>
          )}{' '}
          <span>{hint(setting)}</span>
        </p>
        {problem && (
          <p id={`${id}-problem`} class="field-problem" role="alert">
            {problem === 'changed'
              ? t('admin-changed-by-other', { value: valueWords(setting, setting.value) })
              : problem}
          </p>
        )}
        <p class="setting-ways">
          {setting.value !== setting.default && (
            <Button
              kind="link"
              busy={busy}
              label={t('admin-reset-setting', { name })}
              onClick={() => void save(undefined)}
            >
              {t('admin-reset')}
            </Button>
          )}
          <Button kind="link" label={t('admin-history-of', { name })} onClick={() => setHistory(true)}>
            {t('admin-history')}
          </Button>
        </p>
        <span role="status" class="quiet">
          {said}
        </span>
      </div>
      {history && (
        <HistoryDialog
          api={api}
          setting={setting}
          onBack={(value) => {
            setHistory(false);
            void save(value);
          }}
          onClose={() => setHistory(false)}
        />
      )}
    </div>
  );
}

function fits(value: string, { min, max }: AdminSetting): boolean {
  return /^\d{1,15}$/.test(value.trim()) && Number(value) >= min && Number(value) <= max;
}

function hint(setting: AdminSetting): string {
  if (setting.kind === 'switch') return t('admin-default', { default: valueWords(setting, setting.default) });
  if (setting.kind === 'text') {
    return setting.default === '' ? t('admin-default-empty') : t('admin-default', { default: setting.default });
  }
  const [min, max, standard] = [number(setting.min), number(setting.max), number(setting.default)];
  return t('admin-bounds', { min, max, default: standard });
}
