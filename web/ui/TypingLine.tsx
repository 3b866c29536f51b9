import { t } from '../core/i18n.ts';
import './typing-line.css';

/** Who is typing. Its place is kept when nobody is, so that nothing jumps. Never announced: it would be noise. */
export function TypingLine({ names }: { names: readonly string[] }) {
  return (
    <p class="typing-line">
      {names.length > 0 && (
        <>
          <span class="typing-dots" aria-hidden="true" />
          <bdi>{t('chat-typing', { count: names.length, name: names[0] ?? '', other: names[1] ?? '' })}</bdi>
        </>
      )}
    </p>
  );
}
