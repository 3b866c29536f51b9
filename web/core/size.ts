/** How large a file is, in the reader's language. */
import { cached, number } from './format.ts';
import { t } from './i18n.ts';

/** `350 KB`, `2.4 MB`: rounded up, as the server tells it. */
export function size(bytes: number): string {
  if (bytes < 1_000) return t('chat-file-bytes', { n: number(bytes) });
  if (bytes <= 999_000) return t('chat-file-kb', { n: number(Math.ceil(bytes / 1_000)) });
  const tenths = cached('tenths', (l) => new Intl.NumberFormat(l, { minimumFractionDigits: 1 }));
  return t('chat-file-mb', { n: tenths.format(Math.ceil(bytes / 100_000) / 10) });
}
