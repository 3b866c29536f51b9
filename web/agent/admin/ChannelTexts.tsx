import Plus from 'lucide/dist/esm/icons/plus.mjs';
import { useState } from 'preact/hooks';
import type { ChannelText } from '../../api/types.ts';
import { t } from '../../core/i18n.ts';
import { Button } from '../../ui/Button.tsx';
import { languageName } from '../../ui/language-names.ts';
import { TextRow } from './form-rows.tsx';

interface ChannelTextsProps {
  texts: readonly ChannelText[];
  onTexts: (texts: ChannelText[]) => void;
}

const TEXT_MAX = 300;
/** Those the product speaks itself come first. */
const OURS = ['en', 'de'];

/** What a channel says to who comes, by language. */
export function ChannelTexts({ texts, onTexts }: ChannelTextsProps) {
  const [others, setOthers] = useState<readonly string[]>([]);
  const [code, setCode] = useState('');
  const languages = [...new Set([...OURS, ...texts.map(({ language }) => language), ...others])];

  function set(language: string, some: Partial<ChannelText>) {
    const was = texts.find((text) => text.language === language) ?? { language, welcome: '', away: '' };
    const is = { ...was, ...some };
    const rest = texts.filter((text) => text.language !== language);
    onTexts(is.welcome === '' && is.away === '' ? rest : [...rest, is]);
  }

  return (
    <fieldset class="admin-texts">
      <legend>{t('admin-texts')}</legend>
      <p class="field-hint">{t('admin-texts-hint')}</p>
      {languages.map((language) => {
        const text = texts.find((text) => text.language === language);
        const name = languageName(language);
        return (
          <div key={language} class="admin-form">
            <TextRow
              label={t('admin-text-welcome', { language: name })}
              value={text?.welcome ?? ''}
              maxLength={TEXT_MAX}
              onText={(welcome) => set(language, { welcome })}
            />
            <TextRow
              label={t('admin-text-away', { language: name })}
              value={text?.away ?? ''}
              maxLength={TEXT_MAX}
              onText={(away) => set(language, { away })}
            />
          </div>
        );
      })}
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

interface AddLanguageProps {
  code: string;
  onCode: (code: string) => void;
  onAdd: () => void;
}

/** A further language, by its code of ISO 639. */
export function AddLanguage({ code, onCode, onAdd }: AddLanguageProps) {
  return (
    <div class="admin-language">
      <div class="admin-form">
        <TextRow
          label={t('admin-language-code')}
          value={code}
          maxLength={3}
          verbatim
          onText={(text) => onCode(text.toLowerCase())}
        />
      </div>
      <Button size="small" icon={Plus} why={isCode(code) ? undefined : t('admin-language-hint')} onClick={onAdd}>
        {t('admin-language-add')}
      </Button>
    </div>
  );
}

const isCode = (code: string) => /^[a-z]{2,3}$/.test(code);
