import { useId, useState } from 'preact/hooks';
import type { AdminSetting } from '../../api/types.ts';
import { number } from '../../core/format.ts';
import { t } from '../../core/i18n.ts';
import { type Api, Refusal } from '../../core/server.ts';
import { Button } from '../../ui/Button.tsx';
import { problemOf } from '../work.ts';
import { HistoryDialog } from './HistoryDialog.tsx';
import { aboutOf, nameOf, span, valueWords } from './words.ts';

interface SettingRowProps {
  api: Api;
  setting: AdminSetting;
  /** It has another value now, or somebody else gave it one. */
  onChanged: () => Promise<void>;
}

/** Some settings. */
export function SettingRows({
  settings,
  ...rest
}: Omit<SettingRowProps, 'setting'> & { settings: readonly AdminSetting[] }) {
  return (
    <ul>
      {settings.map((setting) => (
        <li key={setting.name}>
          <SettingRow setting={setting} {...rest} />
        </li>
      ))}
    </ul>
  );
}

/** A setting: what it means, its value, and the ways to change it. A switch acts at once, the others when they are saved. */
function SettingRow({ api, setting, onChanged }: SettingRowProps) {
  /** Nothing while it is as it is stored. */
  const [edited, setEdited] = useState<string>();
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string>();
  /** Somebody else was faster; the value that is there now has come meanwhile. */
  const [overtaken, setOvertaken] = useState(false);
  const [said, setSaid] = useState('');
  const [history, setHistory] = useState(false);
  const id = useId();
  const name = nameOf(setting);
  const isNumber = setting.kind === 'number' || setting.kind === 'seconds';
  const isSwitch = setting.kind === 'switch';
  const typed = edited ?? setting.value;
  const told = overtaken ? t('admin-changed-by-other', { value: valueWords(setting, setting.value) }) : problem;

  async function save(value: string | undefined) {
    if (value !== undefined && isNumber && !fits(value, setting)) {
      const bounds = { min: number(setting.min), max: number(setting.max) };
      setOvertaken(false);
      return setProblem(t('admin-out-of-bounds', bounds));
    }
    setBusy(true);
    setProblem(undefined);
    setOvertaken(false);
    try {
      const body = { was: setting.value, ...(value === undefined ? {} : { value }) };
      await api.call('PUT /api/admin/settings/{name}', { name: setting.name, body });
      await onChanged();
      setEdited(undefined);
      setSaid(t('admin-saved', { name }));
    } catch (error) {
      if (error instanceof Refusal && error.problem.code === 'changed_meanwhile') {
        await onChanged();
        setOvertaken(true);
      } else {
        setProblem(problemOf(error));
      }
    } finally {
      setBusy(false);
    }
  }

  const describedBy = [`${id}-about`, `${id}-bounds`, told && `${id}-problem`].filter(Boolean).join(' ');
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
              aria-invalid={told ? 'true' : undefined}
              aria-describedby={describedBy}
              onInput={(event) => setEdited(event.currentTarget.value)}
            />
            {setting.kind === 'seconds' && <span class="setting-unit">{t('admin-seconds')}</span>}
            {typed !== setting.value && (
              <>
                <Button type="submit" kind="primary" size="small" busy={busy} label={t('admin-save-setting', { name })}>
                  {t('agent-save')}
                </Button>
                <Button
                  size="small"
                  kind="quiet"
                  onClick={() => {
                    setEdited(undefined);
                    setProblem(undefined);
                    setOvertaken(false);
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
        {told && (
          <p id={`${id}-problem`} class="field-problem" role="alert">
            {told}
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
  const [min, max, standard] = [number(setting.min), number(setting.max), number(Number(setting.default))];
  return t('admin-bounds', { min, max, default: standard });
}
