import Copy from 'lucide/dist/esm/icons/copy.mjs';
import { useEffect, useState } from 'preact/hooks';
import type { SnippetFields, SnippetLook } from '../../api/types.ts';
import { t } from '../../core/i18n.ts';
import { Button } from '../../ui/Button.tsx';
import { inkOn } from './contrast.ts';

const TYPING_MS = 400;

interface SnippetCodeProps {
  snippet: SnippetFields;
  address: string;
}

/** What goes into the pages of the sites: the tag, and what their content security policy has to allow. */
export function SnippetCode({ snippet, address }: SnippetCodeProps) {
  const tag = `<script async src="${address}/snippet/${snippet.public_id}.js"></script>`;
  const policy = `script-src ${address};\nframe-src ${address};`;
  return (
    <div class="admin-code">
      <Preview snippet={snippet} />
      <Code title={t('admin-code')} hint={t('admin-code-hint')} text={tag} />
      <Code title={t('admin-policy')} hint={t('admin-policy-hint')} text={policy} />
    </div>
  );
}

/** Somebody's page with the launcher on it, as the fields have it now. */
function Preview({ snippet: { public_id, look } }: { snippet: SnippetFields }) {
  const [shown, setShown] = useState(look);
  const title = t('admin-preview');
  useEffect(() => {
    const typed = setTimeout(() => setShown(look), TYPING_MS);
    return () => clearTimeout(typed);
  }, [look]);
  const query = new URLSearchParams({
    look: JSON.stringify(asLoaderReads(shown)),
    lang: document.documentElement.lang,
  });
  return (
    <section>
      <h3>{title}</h3>
      <p class="field-hint">{t('admin-preview-hint')}</p>
      <iframe title={title} src={`/preview/${public_id}?${query}`} />
    </section>
  );
}

/** As the script of the snippet tells the loader. */
function asLoaderReads({ at_start, colour, labels }: SnippetLook) {
  return {
    start: at_start,
    labels: Object.fromEntries(labels.map(({ language, text }) => [language, text])),
    colour,
    ink: colour && inkOn(colour),
  };
}

interface CodeProps {
  title: string;
  hint: string;
  text: string;
}

function Code({ title, hint, text }: CodeProps) {
  const [copied, setCopied] = useState<boolean>();

  async function copy(): Promise<void> {
    try {
      await navigator.clipboard.writeText(text);
      setCopied(true);
    } catch {
      setCopied(false);
    }
  }

  return (
    <section>
      <h3>{title}</h3>
      <p class="field-hint">{hint}</p>
      <pre translate={false}>{text}</pre>
      <p class="admin-copy">
        <Button size="small" icon={Copy} label={t('admin-copy-label', { what: title })} onClick={() => void copy()}>
          {t('admin-copy')}
        </Button>
        <span role="status">
          {copied === true && t('admin-copied')}
          {copied === false && t('admin-not-copied')}
        </span>
      </p>
    </section>
  );
}
