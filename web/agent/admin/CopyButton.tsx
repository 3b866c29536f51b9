import { useState } from 'preact/hooks';
import { t } from '../../core/i18n.ts';
import { Button } from '../../ui/Button.tsx';

/** Puts a text where it can be pasted from. Where the browser does not let it, the text can still be selected. */
export function CopyButton({ text }: { text: string }) {
  const [copied, setCopied] = useState<boolean>();

  async function copy() {
    try {
      await navigator.clipboard.writeText(text);
      setCopied(true);
    } catch {
      setCopied(false);
    }
  }

  return (
    <>
      <Button size="small" onClick={() => void copy()}>
        {t('admin-copy')}
      </Button>
      <span role="status" class="field-hint">
        {copied !== undefined && t(copied ? 'admin-copied' : 'admin-not-copied')}
      </span>
    </>
  );
}
