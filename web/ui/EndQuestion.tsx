import { useEffect, useRef, useState } from 'preact/hooks';
import type { ChatStore } from '../core/chat.ts';
import { t } from '../core/i18n.ts';
import { Refusal } from '../core/server.ts';
import { Button } from './Button.tsx';
import { inWords } from './problem.ts';

interface EndQuestionProps {
  chat: ChatStore;
  onDone: () => void;
}

/** Ends the conversation, after one question. */
export function EndQuestion({ chat, onDone }: EndQuestionProps) {
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string>();
  const box = useRef<HTMLDivElement>(null);
  const closed = chat.view.value?.state === 'closed';
  useEffect(() => {
    if (closed) onDone();
    else box.current?.querySelector('button')?.focus();
  }, [closed]);

  async function end() {
    setBusy(true);
    try {
      await chat.act('close');
      onDone();
    } catch (error) {
      setProblem(error instanceof Refusal ? inWords(error.problem) : t('widget-not-done'));
      setBusy(false);
    }
  }

  return (
    <div ref={box} class="conversation-end" role="group" aria-label={t('widget-end-sure')}>
      <p>
        <strong>{t('widget-end-sure')}</strong> {t('widget-end-hint')}
      </p>
      <div class="conversation-ways">
        <Button size="small" kind="primary" busy={busy} onClick={end}>
          {t('widget-end')}
        </Button>
        <Button size="small" onClick={onDone}>
          {t('common-cancel')}
        </Button>
      </div>
      {problem && (
        <p class="field-problem" role="alert">
          {problem}
        </p>
      )}
    </div>
  );
}
