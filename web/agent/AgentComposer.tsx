import Lock from 'lucide/dist/esm/icons/lock.mjs';
import { useId } from 'preact/hooks';
import { t } from '../core/i18n.ts';
import { Composer, type ComposerProps } from '../ui/Composer.tsx';
import { Icon } from '../ui/Icon.tsx';

/** Who will read it. */
export type Audience = 'message' | 'note';

interface AgentComposerProps extends Omit<ComposerProps, 'above' | 'note'> {
  audience: Audience;
  onAudience: (audience: Audience) => void;
  /** Who is meant by everyone. */
  everyone: string;
  may: readonly Audience[];
}

/** Where agents write: to everyone or to agents only, and unmistakably so. */
export function AgentComposer({ audience, onAudience, everyone, may, ...rest }: AgentComposerProps) {
  const group = useId();
  const note = { prompt: t('chat-note-prompt'), send: t('chat-add-note'), icon: Lock };
  return (
    <Composer
      {...rest}
      note={audience === 'note' ? note : undefined}
      above={
        may.length > 1 && (
          <fieldset class="composer-audience">
            <legend class="quiet">{t('chat-who-reads')}</legend>
            {may.map((it) => (
              <label key={it} class={`composer-choice composer-choice-${it}`}>
                <input
                  type="radio"
                  class="quiet"
                  name={group}
                  checked={it === audience}
                  onChange={() => onAudience(it)}
                />
                {it === 'note' && <Icon of={Lock} />}
                <bdi>{it === 'note' ? t('chat-agents-only') : everyone}</bdi>
              </label>
            ))}
          </fieldset>
        )
      }
    />
  );
}
