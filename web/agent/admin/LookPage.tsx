import { useRef } from 'preact/hooks';
import type { AdminLook, AdminSettings } from '../../api/types.ts';
import { number } from '../../core/format.ts';
import { t } from '../../core/i18n.ts';
import { takeColours } from '../../core/look.ts';
import { type Api, putLogo } from '../../core/server.ts';
import { Button } from '../../ui/Button.tsx';
import { Fetched } from './Fetched.tsx';
import { SettingRows } from './SettingRow.tsx';
import { useTries } from './use-tries.ts';

const SETTINGS = ['service_name', 'accent_colour'];
/** As `color-scheme` calls them. */
const SCHEMES = ['light', 'dark'] as const;

/** What the pages of this installation are called, their colour and their logo. */
export function LookPage({ api }: { api: Api }) {
  const fetch = async () => {
    const [settings, look] = await Promise.all([api.call('GET /api/admin/settings'), api.call('GET /api/admin/look')]);
    return { settings, look };
  };
  return (
    <Fetched fetch={fetch}>
      {({ settings, look }, again) => (
        <Look
          api={api}
          settings={settings}
          look={look}
          onChanged={async () => {
            await again();
            takeColours();
          }}
        />
      )}
    </Fetched>
  );
}

interface LookProps {
  api: Api;
  settings: AdminSettings;
  look: AdminLook;
  onChanged: () => Promise<void>;
}

function Look({ api, settings: { settings }, look, onChanged }: LookProps) {
  return (
    <>
      <p class="admin-why">{t('admin-look-why')}</p>
      <section class="card settings" aria-label={t('admin-look')}>
        <SettingRows
          api={api}
          settings={settings.filter(({ name }) => SETTINGS.includes(name))}
          onChanged={onChanged}
        />
      </section>
      <section class="card settings look-part" aria-labelledby="look-logo">
        <h2 id="look-logo">{t('admin-look-logo')}</h2>
        <Logo api={api} logo={look.logo} onChanged={onChanged} />
      </section>
      <section class="card settings look-part" aria-labelledby="look-sample">
        <h2 id="look-sample">{t('admin-look-sample')}</h2>
        <p class="field-hint">{t('admin-look-contrast')}</p>
        <div class="look-samples">
          {SCHEMES.map((scheme, at) => (
            <Sample key={scheme} scheme={scheme} accent={look.accents[at]} />
          ))}
        </div>
      </section>
    </>
  );
}

interface SampleProps {
  scheme: (typeof SCHEMES)[number];
  accent: AdminLook['accents'][number] | undefined;
}

/** A button, a link and what is chosen, by day or by night. */
function Sample({ scheme, accent }: SampleProps) {
  return (
    <figure class={`look-sample look-${scheme}`}>
      <div aria-hidden="true">
        <span class="look-button">{t('admin-look-button')}</span>
        <span class="look-link">{t('admin-look-link')}</span>
        <span class="look-chosen">{t('admin-look-chosen')}</span>
      </div>
      <figcaption>
        {t(`admin-look-${scheme}`)}
        {accent && ` ${inWords(accent)}`}
      </figcaption>
    </figure>
  );
}

function inWords({ colour, contrast, as_chosen }: AdminLook['accents'][number]): string {
  return t(as_chosen ? 'admin-look-as-chosen' : 'admin-look-moved', { colour, contrast: number(contrast / 100) });
}

interface LogoProps {
  api: Api;
  logo: string | undefined;
  onChanged: () => Promise<void>;
}

function Logo({ api, logo, onChanged }: LogoProps) {
  const file = useRef<HTMLInputElement>(null);
  const { busy, problem, tries } = useTries();

  function put(chosen: File | undefined) {
    if (chosen === undefined) return;
    void tries(async () => {
      await putLogo(api, chosen);
      await onChanged();
    });
    if (file.current) file.current.value = '';
  }

  return (
    <>
      <p class="field-hint">{t('admin-look-logo-hint')}</p>
      {logo && <img class="look-logo" src={logo} alt={t('admin-look-logo')} />}
      <input
        ref={file}
        type="file"
        class="quiet"
        accept="image/png"
        tabIndex={-1}
        aria-label={t('admin-look-logo')}
        onChange={(event) => put(event.currentTarget.files?.[0])}
      />
      <p class="admin-copy">
        <Button size="small" busy={busy} onClick={() => file.current?.click()}>
          {t('admin-look-logo-choose')}
        </Button>
        {logo && (
          <Button
            size="small"
            kind="quiet"
            busy={busy}
            onClick={() =>
              void tries(async () => {
                await api.call('DELETE /api/admin/look/logo');
                await onChanged();
              })
            }
          >
            {t('admin-look-logo-remove')}
          </Button>
        )}
      </p>
      {problem && (
        <p class="field-problem" role="alert">
          {problem}
        </p>
      )}
    </>
  );
}
