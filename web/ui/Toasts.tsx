import { type Signal, signal } from '@preact/signals';
import X from 'lucide/dist/esm/icons/x.mjs';
import { t } from '../core/i18n.ts';
import { IconButton } from './IconButton.tsx';
import { Notice } from './Notice.tsx';

interface Toast {
  id: number;
  text: string;
  kind: 'plain' | 'danger' | 'accent';
}

const shown: Signal<Toast[]> = signal([]);
let last = 0;

/** Says a sentence in the corner. It stays until it was had time to be read twice, or is put away. Answers with the way to take it back. */
export function say(text: string, kind: Toast['kind'] = 'plain'): () => void {
  const id = ++last;
  shown.value = [...shown.peek().slice(-2), { id, text, kind }];
  setTimeout(() => dismiss(id), 6_000 + text.length * 120);
  return () => dismiss(id);
}

function dismiss(id: number): void {
  shown.value = shown.peek().filter((toast) => toast.id !== id);
}

/** Stands once in each page, outside of everything that comes and goes: a live region has to be there first. */
export function Toasts() {
  return (
    <div class="toasts" role="status">
      {shown.value.map(({ id, text, kind }) => (
        <Notice
          key={id}
          kind={kind}
          action={<IconButton label={t('common-dismiss')} icon={X} onClick={() => dismiss(id)} />}
        >
          {text}
        </Notice>
      ))}
    </div>
  );
}
