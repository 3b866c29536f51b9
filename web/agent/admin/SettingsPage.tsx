import FileText from 'lucide/dist/esm/icons/file-text.mjs';
import { useState } from 'preact/hooks';
import type { AdminSetting } from '../../api/types.ts';
import { t } from '../../core/i18n.ts';
import type { Api } from '../../core/server.ts';
import { Button } from '../../ui/Button.tsx';
import { SearchField } from '../../ui/SearchField.tsx';
import { Fetched } from './Fetched.tsx';
import { SettingRows } from './SettingRow.tsx';
import { SettingsTextDialog } from './SettingsTextDialog.tsx';
import { aboutOf, nameOf } from './words.ts';

/** All settings, section by section, each changed on its own. */
export function SettingsPage({ api }: { api: Api }) {
  return (
    <Fetched fetch={() => api.call('GET /api/admin/settings')}>
      {({ settings }, again) => <Settings api={api} settings={settings} onChanged={again} />}
    </Fetched>
  );
}

interface SettingsProps {
  api: Api;
  settings: readonly AdminSetting[];
  onChanged: () => Promise<void>;
}

function Settings({ api, settings, onChanged }: SettingsProps) {
  const [wanted, setWanted] = useState('');
  const [onlyChanged, setOnlyChanged] = useState(false);
  const [asText, setAsText] = useState(false);
  const words = wanted.toLocaleLowerCase().split(/\s+/).filter(Boolean);
  const fits = (setting: AdminSetting) => {
    const text = `${setting.name} ${nameOf(setting)} ${aboutOf(setting)}`.toLocaleLowerCase();
    return words.every((word) => text.includes(word)) && (!onlyChanged || setting.value !== setting.default);
  };
  const shown = settings.filter(fits);
  const sections = [...new Set(shown.map(({ section }) => section))];
  return (
    <>
      <div class="admin-bar">
        <SearchField label={t('admin-find-setting')} value={wanted} maxLength={100} onSearch={setWanted} />
        <label class="admin-check">
          <input
            type="checkbox"
            checked={onlyChanged}
            onChange={(event) => setOnlyChanged(event.currentTarget.checked)}
          />
          {t('admin-only-changed')}
        </label>
        <Button size="small" icon={FileText} onClick={() => setAsText(true)}>
          {t('admin-as-text')}
        </Button>
      </div>
      <p role="status" class={shown.length > 0 ? 'quiet' : 'rows-none'}>
        {shown.length === 0 && t('admin-no-setting', { q: wanted })}
      </p>
      {sections.map((section) => (
        <section key={section} class="card settings" aria-label={t('admin-section', { of: section })}>
          <h2>{t('admin-section', { of: section })}</h2>
          <SettingRows
            api={api}
            settings={shown.filter((setting) => setting.section === section)}
            onChanged={onChanged}
          />
        </section>
      ))}
      {asText && (
        <SettingsTextDialog api={api} settings={settings} onClose={() => setAsText(false)} onApplied={onChanged} />
      )}
    </>
  );
}
