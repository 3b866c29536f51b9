import { useState } from 'preact/hooks';
import { t } from '../../core/i18n.ts';
import { Button } from '../../ui/Button.tsx';
import { copyText } from '../../ui/copy.ts';

interface CopyButtonProps {
  text: string;
  /** What it is, where there are several. */
  what?: string;
}

/** Puts a text where it can be pasted from. */
export function CopyButton({ text, what }: CopyButtonProps) {
  const [copied, setCopied] = useState(false);
  return (
    <>
      <Button
        size="small"
        label={what && t('admin-copy-label', { what })}
        onClick={({ currentTarget }) =>
          void copyText(text, (currentTarget as HTMLElement).parentElement!).then(() => setCopied(true))
        }
      >
        {t('admin-copy')}
      </Button>
      <span role="status" class="field-hint">
        {copied && t('admin-copied')}
      </span>
    </>
  );
}
