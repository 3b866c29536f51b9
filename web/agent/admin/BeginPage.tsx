import { useState } from 'preact/hooks';
import type { AdminSetting, AdminSettings, AdminSnippet, AdminSnippets } from '../../api/types.ts';
import { languages, t } from '../../core/i18n.ts';
import type { Api } from '../../core/server.ts';
import { Button } from '../../ui/Button.tsx';
import { languageName } from '../../ui/language-names.ts';
import { Link } from '../Link.tsx';
import { Fetched } from './Fetched.tsx';
import { ChoiceRow, TextRow, TickRow } from './form-rows.tsx';
import { SnippetCode } from './SnippetCode.tsx';
import { useTries } from './use-tries.ts';

/** The switches of who may chat, in the order in which they are asked for. */
const DIRECTIONS = ['public_to_agent', 'customer_to_agent', 'agent_to_customer', 'agent_to_agent'] as const;
const SWITCHES = ['chat_active', ...DIRECTIONS] as const;
type Switch = (typeof SWITCHES)[number];

/** What a new desk needs before its first chat, and a first chat with nobody. */
export function BeginPage({ api }: { api: Api }) {
  const fetch = async () => {
    const [settings, snippets] = await Promise.all([
      api.call('GET /api/admin/settings'),
      api.call('GET /api/admin/snippets'),
    ]);
    return { settings, snippets };
  };
  return (
    <Fetched fetch={fetch}>
      {({ settings, snippets }, again) => <Begin api={api} settings={settings} snippets={snippets} onChanged={again} />}
    </Fetched>
  );
}

interface BeginProps {
  api: Api;
  settings: AdminSettings;
  snippets: AdminSnippets;
  onChanged: () => Promise<void>;
}

function Begin({ api, settings, snippets, onChanged }: BeginProps) {
  const first = snippets.snippets.find(({ snippet }) => snippet.valid);
  const [done, setDone] = useState(false);
  return (
    <div class="admin-begin">
      <p class="admin-why">{t('admin-begin-why')}</p>
      <Matters
        api={api}
        settings={settings}
        snippet={first}
        channels={snippets.channels}
        onSaved={async () => {
          await onChanged();
          setDone(true);
        }}
      />
      <p role="status">{done && t('admin-begin-done')}</p>
      {first && (
        <section class="card admin-begin-card">
          <h2>{t('admin-begin-try')}</h2>
          <p>{t('admin-begin-reached', { address: snippets.address })}</p>
          <SnippetCode snippet={first.snippet} address={snippets.address} />
          <h2>{t('admin-begin-next')}</h2>
          <ul>
            <li>
              <Link to={{ at: 'admin', part: 'agents' }}>{t('admin-begin-agents')}</Link>
            </li>
            <li>
              <Link to={{ at: 'admin', part: 'channels' }}>{t('admin-begin-channels')}</Link>
            </li>
            <li>
              <Link to={{ at: 'admin', part: 'customers' }}>{t('admin-begin-customers')}</Link>
            </li>
          </ul>
        </section>
      )}
    </div>
  );
}

interface MattersProps {
  api: Api;
  settings: AdminSettings;
  /** The one that is there already. */
  snippet: AdminSnippet | undefined;
  channels: readonly string[];
  onSaved: () => Promise<void>;
}

/** What the desk is called, where its chat stands, in what language it writes by itself, and who may chat. */
function Matters({ api, settings, snippet, channels, onSaved }: MattersProps) {
  const of = (name: string) => settings.settings.find((setting) => setting.name === name) as AdminSetting;
  const [on, setOn] = useState(() => new Set<Switch>(SWITCHES.filter((name) => of(name).value === '1')));
  const [title, setTitle] = useState(of('service_name').value || (snippet?.snippet.title ?? ''));
  const [language, setLanguage] = useState(of('mail_language').value);
  const [site, setSite] = useState(snippet?.snippet.sites[0] ?? '');
  const { busy, problem, setProblem, tries } = useTries();

  function tick(name: Switch, checked: boolean) {
    setOn(new Set(SWITCHES.filter((one) => (one === name ? checked : on.has(one)))));
  }

  function save() {
    if (title.trim() === '') return setProblem(t('admin-begin-needs'));
    void tries(async () => {
      const wanted = {
        ...Object.fromEntries(SWITCHES.map((name) => [name, on.has(name) ? '1' : '0'])),
        service_name: title.trim(),
        mail_language: language,
      };
      for (const [name, value] of Object.entries(wanted)) {
        const was = of(name).value;
        if (value !== was) await api.call('PUT /api/admin/settings/{name}', { name, body: { was, value } });
      }
      const sites = [site.trim(), ...(snippet?.snippet.sites.slice(1) ?? [])].filter(Boolean);
      if (snippet === undefined) {
        const look = { at_start: false, labels: [], hidden_when_closed: false };
        const body = { public_id: idOf(title), title, channel: channels[0] ?? '', sites, valid: true, look };
        await api.call('POST /api/admin/snippets', { body });
      } else {
        const body = { snippet: { ...snippet.snippet, title, sites }, version: snippet.version };
        await api.call('PUT /api/admin/snippets/{id}', { id: snippet.id, body });
      }
      await onSaved();
    });
  }

  return (
    <form
      class="card admin-begin-card"
      onSubmit={(event) => {
        event.preventDefault();
        if (!busy) save();
      }}
    >
      <h2>{t('admin-begin-matters')}</h2>
      <div class="admin-form">
        <TextRow
          label={t('admin-begin-title')}
          value={title}
          maxLength={60}
          hint={t('admin-begin-title-hint')}
          onText={setTitle}
        />
        <TextRow
          label={t('admin-begin-site')}
          value={site}
          maxLength={300}
          placeholder="https://www.example.org"
          verbatim
          hint={t('admin-begin-site-hint')}
          onText={setSite}
        />
        <ChoiceRow
          label={t('setting-mail_language')}
          value={language}
          choices={languages}
          called={languageName}
          onChoice={setLanguage}
        />
        <fieldset>
          <legend>{t('admin-begin-who')}</legend>
          {SWITCHES.map((name) => (
            <TickRow
              key={name}
              label={t(`setting-${name}`)}
              checked={on.has(name)}
              onTick={(checked) => tick(name, checked)}
            />
          ))}
        </fieldset>
      </div>
      {problem && (
        <p class="field-problem" role="alert">
          {problem}
        </p>
      )}
      <p>
        <Button type="submit" kind="primary" busy={busy}>
          {t('admin-begin-save')}
        </Button>
      </p>
    </form>
  );
}

/** A public id made of a title: `Harbour office` is `harbour-office`. */
function idOf(title: string): string {
  const plain = title.normalize('NFKD').toLowerCase();
  const id = plain.replaceAll(/\p{M}/gu, '').replaceAll(/[^a-z0-9]+/g, '-');
  return id.replaceAll(/^-+|-+$/g, '').slice(0, 64) || 'chat';
}
