import { useState } from 'preact/hooks';
import type { ChatView } from '../api/types.ts';
import { t } from '../core/i18n.ts';
import { saveFile } from '../core/save.ts';
import type { Api } from '../core/server.ts';
import { transcriptOf } from '../core/transcript.ts';
import { Button } from './Button.tsx';
import { whyNot } from './why-not.ts';

/** The conversation to take away, where the reader may. */
export function PdfButton({ view, api }: { view: ChatView; api: Api }) {
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string>();
  if (!view.can.includes('transcript')) return null;

  async function save() {
    setBusy(true);
    setProblem(undefined);
    try {
      saveFile(await transcriptOf(api, view.id), `${t('widget-log')} ${dateOf(view.created_at)}.pdf`);
    } catch (error) {
      setProblem(whyNot(error));
    }
    setBusy(false);
  }

  return (
    <>
      <Button busy={busy} onClick={save}>
        {busy ? t('widget-pdf-coming') : t('widget-pdf')}
      </Button>
      {problem && (
        <p class="field-problem" role="alert">
          {problem}
        </p>
      )}
    </>
  );
}

/** `2026-11-22` in the reader's zone: names of files sort by it. */
function dateOf(at: number): string {
  const day = new Date(at);
  const two = (n: number) => String(n).padStart(2, '0');
  return `${day.getFullYear()}-${two(day.getMonth() + 1)}-${two(day.getDate())}`;
}
