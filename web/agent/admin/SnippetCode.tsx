import type { ComponentChildren } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import type { SnippetFields } from '../../api/types.ts';
import { t } from '../../core/i18n.ts';
import { CopyButton } from './CopyButton.tsx';

const TYPING_MS = 400;

interface SnippetCodeProps {
  snippet: SnippetFields;
  address: string;
  children?: ComponentChildren;
}

/** What goes into the pages of the sites: the tag, and what their content security policy has to allow. */
export function SnippetCode({ snippet, address, children }: SnippetCodeProps) {
  const tag = `<script async src="${address}/snippet/${snippet.public_id}.js"></script>`;
  const policy = `script-src ${address};\nframe-src ${address};`;
  return (
    <div class="admin-code">
      <Preview snippet={snippet} />
      <Code title={t('admin-code')} hint={t('admin-code-hint')} text={tag} />
      <Code title={t('admin-policy')} hint={t('admin-policy-hint')} text={policy} />
      {children}
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
    look: JSON.stringify(shown),
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

interface CodeProps {
  title: string;
  hint: string;
  text: string;
}

function Code({ title, hint, text }: CodeProps) {
  return (
    <section>
      <h3>{title}</h3>
      <p class="field-hint">{hint}</p>
      <pre translate={false}>{text}</pre>
      <p class="admin-copy">
        <CopyButton text={text} what={title} />
      </p>
    </section>
  );
}
