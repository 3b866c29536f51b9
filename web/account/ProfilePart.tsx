import { useId, useState } from 'preact/hooks';
import type { DateFormat, Me, Profile } from '../api/types.ts';
import { languages, t } from '../core/i18n.ts';
import type { Api } from '../core/server.ts';
import { ownName } from '../ui/language-names.ts';
import { Form } from './Form.tsx';
import { PicturePart } from './PicturePart.tsx';
import { useTry } from './use-try.ts';

interface ProfilePartProps {
  api: Api;
  me: Me;
  onChanged: () => Promise<void>;
}

const formats: readonly DateFormat[] = ['iso', 'day_first', 'month_first'];

/** How somebody is shown, and in which language, zone and form he reads. */
export function ProfilePart({ api, me, onChanged }: ProfilePartProps) {
  const [said, setSaid] = useState('');
  const { busy, problem, attempt } = useTry();
  const id = useId();
  const agent = me.kind === 'agent';
  const profile = me.profile ?? {};

  async function save({ name = '', language = '', zone = '', dates = '' }: Record<string, string>) {
    setSaid('');
    const body: Profile = {
      ...(agent && name.trim() !== me.name && { name: name.trim() }),
      ...(language && { language }),
      ...(zone && { zone }),
      ...(dates && { dates: dates as DateFormat }),
    };
    const saved = await attempt(async () => {
      await api.call('PUT /api/me/profile', { body });
      await onChanged();
    });
    if (saved) setSaid(t('account-saved'));
  }

  const choice = (name: string, label: string, value: string | undefined, options: readonly [string, string][]) => (
    <div class="field">
      <label for={`${id}-${name}`}>{label}</label>
      <select id={`${id}-${name}`} name={name}>
        <option value="" selected={value === undefined}>
          {t('account-as-browser')}
        </option>
        {options.map(([is, words]) => (
          <option key={is} value={is} selected={is === value} translate={false}>
            {words}
          </option>
        ))}
      </select>
    </div>
  );

  return (
    <section class="card account-part" aria-labelledby="account-profile">
      <h2 id="account-profile">{t('account-profile')}</h2>
      <PicturePart api={api} me={me} onChanged={onChanged} />
      <Form action={t('account-save')} busy={busy} problem={problem} onSend={(fields) => void save(fields)}>
        {agent && (
          <div class="field">
            <label for={`${id}-name`}>{t('account-name')}</label>
            <input id={`${id}-name`} name="name" required maxLength={255} autocomplete="name" defaultValue={me.name} />
            <p class="field-hint">{t('account-name-hint')}</p>
          </div>
        )}
        {choice(
          'language',
          t('account-language'),
          profile.language,
          languages.map((code) => [code, ownName(code)]),
        )}
        {choice(
          'zone',
          t('account-zone'),
          profile.zone,
          zones(profile.zone).map((name) => [name, name.replaceAll('_', ' ')]),
        )}
        {choice(
          'dates',
          t('account-dates'),
          profile.dates,
          formats.map((is) => [is, t('account-dates-as', { is })]),
        )}
      </Form>
      <p role="status" class="account-said">
        {said}
      </p>
    </section>
  );
}

function zones(chosen: string | undefined): string[] {
  const all = [...Intl.supportedValuesOf('timeZone'), 'UTC', ...(chosen ? [chosen] : [])];
  return [...new Set(all)].sort();
}
