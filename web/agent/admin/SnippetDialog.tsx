import { useId, useState } from 'preact/hooks';
import type { AdminSnippet, SnippetFields, SnippetLook } from '../../api/types.ts';
import { t } from '../../core/i18n.ts';
import type { Api } from '../../core/server.ts';
import { languageName } from '../../ui/language-names.ts';
import { SaveDialog } from '../SaveDialog.tsx';
import { AddLanguage } from './ChannelTexts.tsx';
import { ChoiceRow, TextRow, TickRow } from './form-rows.tsx';
import { IdentityKeys } from './IdentityKeys.tsx';
import { PageLook } from './PageLook.tsx';
import { SnippetCode } from './SnippetCode.tsx';
import { useTries } from './use-tries.ts';

/** The product's own. */
const OWN_COLOUR = '#006682';
const OURS = ['en', 'de'];

interface SnippetDialogProps {
  api: Api;
  /** None for a new one. */
  snippet: AdminSnippet | undefined;
  channels: readonly string[];
  /** Where pages load the launcher from. */
  address: string;
  onMade: (id: string) => void;
  onChanged: () => Promise<void>;
  onClose: () => void;
}

/** A new snippet, or what of one can be changed, and what is to be put into pages. */
export function SnippetDialog(props: SnippetDialogProps) {
  const { api, snippet, channels, onChanged, onClose } = props;
  const [fields, setFields] = useState<SnippetFields>(
    snippet?.snippet ?? {
      public_id: '',
      title: '',
      channel: channels[0] ?? '',
      sites: [],
      valid: true,
      look: { at_start: false, labels: [], hidden_when_closed: false },
    },
  );
  const [sites, setSites] = useState(fields.sites.join('\n'));
  const { busy, problem, setProblem, tries } = useTries();
  const id = useId();
  const change = (some: Partial<SnippetFields>) => {
    setProblem(undefined);
    setFields({ ...fields, ...some });
  };

  function save() {
    if (fields.title.trim() === '' || fields.public_id === '') return setProblem(t('admin-snippet-needs'));
    const body = { ...fields, sites: sites.split(/\s+/).filter(Boolean) };
    void tries(async () => {
      if (snippet === undefined) {
        const made = await api.call('POST /api/admin/snippets', { body });
        await onChanged();
        props.onMade(made.id);
      } else {
        await api.call('PUT /api/admin/snippets/{id}', {
          id: snippet.id,
          body: { snippet: body, version: snippet.version },
        });
        await onChanged();
        onClose();
      }
    });
  }

  const offered = fields.channel && !channels.includes(fields.channel) ? [fields.channel, ...channels] : channels;
  return (
    <SaveDialog
      title={
        snippet === undefined ? t('admin-snippet-new') : t('admin-snippet-change', { name: snippet.snippet.public_id })
      }
      busy={busy}
      problem={problem}
      onSave={save}
      onClose={onClose}
    >
      <div class="admin-form">
        {snippet === undefined && (
          <TextRow
            label={t('admin-snippet-id')}
            value={fields.public_id}
            maxLength={64}
            verbatim
            hint={t('admin-snippet-id-hint')}
            onText={(text) => change({ public_id: text.toLowerCase().replaceAll(/[^a-z0-9-]/g, '-') })}
          />
        )}
        <TextRow
          label={t('admin-snippet-title')}
          value={fields.title}
          maxLength={200}
          hint={t('admin-snippet-title-hint')}
          onText={(title) => change({ title })}
        />
        <ChoiceRow
          label={t('admin-channel')}
          value={fields.channel}
          choices={offered}
          onChoice={(channel) => change({ channel })}
        />
        <label for={`${id}-sites`}>{t('admin-sites')}</label>
        <textarea
          id={`${id}-sites`}
          rows={3}
          maxLength={10_000}
          spellcheck={false}
          translate={false}
          autocapitalize="off"
          placeholder="https://www.example.org"
          aria-describedby={`${id}-sites-hint`}
          value={sites}
          onInput={(event) => {
            setProblem(undefined);
            setSites(event.currentTarget.value);
          }}
        />
        <p id={`${id}-sites-hint`} class="field-hint">
          {t('admin-sites-hint')}
        </p>
        <LookFields look={fields.look} onLook={(look) => change({ look })} />
        {snippet && <TickRow label={t('admin-valid')} checked={fields.valid} onTick={(valid) => change({ valid })} />}
      </div>
      {snippet && (
        <SnippetCode snippet={fields} address={props.address}>
          <PageLook api={api} id={snippet.id} sites={snippet.snippet.sites} work={{ busy, tries }} />
          <IdentityKeys api={api} snippet={snippet} work={{ busy, tries }} onChanged={onChanged} />
        </SnippetCode>
      )}
    </SaveDialog>
  );
}

interface LookFieldsProps {
  look: SnippetLook;
  onLook: (look: SnippetLook) => void;
}

function LookFields({ look, onLook }: LookFieldsProps) {
  const [others, setOthers] = useState<readonly string[]>([]);
  const [code, setCode] = useState('');
  const id = useId();
  const languages = [...new Set([...OURS, ...look.labels.map(({ language }) => language), ...others])];

  function label(language: string, text: string) {
    const rest = look.labels.filter((label) => label.language !== language);
    onLook({ ...look, labels: text === '' ? rest : [...rest, { language, text }] });
  }

  function colour(colour: string | undefined) {
    const { colour: _, ...rest } = look;
    onLook(colour === undefined ? rest : { ...rest, colour });
  }

  return (
    <fieldset class="admin-look">
      <legend>{t('admin-launcher')}</legend>
      <TickRow
        label={t('admin-launcher-start')}
        checked={look.at_start}
        onTick={(at_start) => onLook({ ...look, at_start })}
      />
      <TickRow
        label={t('admin-launcher-hidden')}
        checked={look.hidden_when_closed}
        onTick={(hidden_when_closed) => onLook({ ...look, hidden_when_closed })}
      />
      <TickRow
        label={t('admin-launcher-colour')}
        checked={look.colour !== undefined}
        onTick={(own) => colour(own ? OWN_COLOUR : undefined)}
      />
      {look.colour !== undefined && (
        <span class="admin-colour">
          <label class="quiet" for={`${id}-colour`}>
            {t('admin-launcher-which')}
          </label>
          <input
            id={`${id}-colour`}
            type="color"
            value={look.colour}
            onInput={(event) => colour(event.currentTarget.value)}
          />
          <code translate={false}>{look.colour}</code>
        </span>
      )}
      <div class="admin-form">
        {languages.map((language) => (
          <TextRow
            key={language}
            label={t('admin-launcher-label', { language: languageName(language) })}
            value={look.labels.find((label) => label.language === language)?.text ?? ''}
            maxLength={40}
            onText={(text) => label(language, text)}
          />
        ))}
      </div>
      <AddLanguage
        code={code}
        onCode={setCode}
        onAdd={() => {
          setOthers([...others, code]);
          setCode('');
        }}
      />
    </fieldset>
  );
}
