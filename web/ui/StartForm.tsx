import type { ComponentChildren, Ref, VNode } from 'preact';
import { useId, useRef, useState } from 'preact/hooks';
import type { OfferedChannel } from '../api/types.ts';
import { lang, t } from '../core/i18n.ts';
import { Button } from './Button.tsx';
import { sends } from './Composer.tsx';
import { Notice } from './Notice.tsx';
import './field.css';
import './start-form.css';

interface StartFormProps {
  /** What can be chosen, as the server said last; absent until it has. */
  channels: readonly OfferedChannel[] | undefined;
  text: string;
  onText: (text: string) => void;
  /** Absent when it is known who asks. */
  name?: { value: string; onName: (name: string) => void } | undefined;
  channel: string | undefined;
  onChannel: (id: string) => void;
  onStart: () => void;
  /**
   * What the form ends with when nobody is free, instead of a button that cannot be used. `channel` answers with where it
   * would go, or says what is missing and answers with nothing.
   */
  leave?: (channel: () => string | undefined, otherwise: VNode, opensAt: number | undefined) => ComponentChildren;
  busy: boolean;
  /** Why the last attempt did not happen, in words. */
  problem?: string | undefined;
  field?: Ref<HTMLTextAreaElement>;
}

/**
 * Where a conversation begins: the message first, then who asks. It says before anything is typed whether somebody is
 * there, and keeps what was typed when nobody is any more.
 */
export function StartForm(props: StartFormProps) {
  const { channels, text, name, channel } = props;
  const id = useId();
  const nameField = useRef<HTMLInputElement>(null);
  const [missing, setMissing] = useState<'text' | 'name'>();
  const one = channels && find(channels, channel);
  const nobody = channels && !one?.available;
  const pending = channels === undefined ? t('widget-looking') : undefined;

  function complete(): boolean {
    const lacks = text.trim() === '' ? 'text' : name && name.value.trim() === '' ? 'name' : undefined;
    setMissing(lacks);
    if (lacks === 'name') nameField.current?.focus();
    if (lacks === 'text') document.getElementById(`${id}-text`)?.focus();
    return !lacks;
  }

  function start() {
    if (complete() && !nobody && !pending && !props.busy) props.onStart();
  }

  const button = (
    <>
      {props.problem && (
        <div role="alert">
          <Notice kind="danger">{props.problem}</Notice>
        </div>
      )}
      <Button kind="primary" type="submit" busy={props.busy} why={nobody ? t('widget-nobody-why') : pending}>
        {props.busy ? t('widget-starting') : t('widget-start')}
      </Button>
    </>
  );

  return (
    <form
      class="start-form"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        start();
      }}
    >
      <div role="status">{channels && <Says channels={channels} one={one} typed={text !== ''} />}</div>
      {(channels === undefined || channels.length > 0 || text !== '') && (
        <>
          <div class="field">
            <label for={`${id}-text`}>{t('widget-message')}</label>
            <textarea
              ref={props.field ?? null}
              id={`${id}-text`}
              rows={3}
              dir="auto"
              required
              value={text}
              placeholder={t('widget-message-hint')}
              aria-invalid={missing === 'text' ? 'true' : undefined}
              aria-describedby={missing === 'text' ? `${id}-missing` : undefined}
              onInput={(event) => props.onText(event.currentTarget.value)}
              onKeyDown={(event) => {
                if (nobody || !sends(event)) return;
                event.preventDefault();
                start();
              }}
            />
            {missing === 'text' && (
              <p id={`${id}-missing`} class="field-problem" role="alert">
                {t('widget-message-missing')}
              </p>
            )}
          </div>
          {name && (
            <div class="field">
              <label for={`${id}-name`}>{t('widget-name')}</label>
              <input
                ref={nameField}
                id={`${id}-name`}
                dir="auto"
                required
                autocomplete="name"
                value={name.value}
                aria-invalid={missing === 'name' ? 'true' : undefined}
                aria-describedby={missing === 'name' ? `${id}-missing` : undefined}
                onInput={(event) => name.onName(event.currentTarget.value)}
              />
              {missing === 'name' && (
                <p id={`${id}-missing`} class="field-problem" role="alert">
                  {t('widget-name-missing')}
                </p>
              )}
            </div>
          )}
          {channels && channels.length > 1 && (
            <ChannelChoice channels={channels} chosen={one?.channel.id} onChoose={props.onChannel} />
          )}
          {nobody && props.leave
            ? props.leave(() => (complete() ? one?.channel.id : undefined), button, one?.opens_at)
            : button}
        </>
      )}
    </form>
  );
}

interface SaysProps {
  channels: readonly OfferedChannel[];
  one: OfferedChannel | undefined;
  typed: boolean;
}

/** What the channel says to who comes: in the reader's language, else in English, else what the product says by itself. */
function Says({ channels, one, typed }: SaysProps) {
  if (!one) return <Notice>{t('widget-not-offered')}</Notice>;
  const { available, texts } = one;
  const said = (wanted: string) => texts?.find(({ language }) => language === wanted)?.[available ? 'welcome' : 'away'];
  const says = said(lang.value) || said('en');
  if (available) return says ? <Notice>{says}</Notice> : null;
  const others = channels.some((offered) => offered.available);
  return (
    <Notice>
      {says || t(others ? 'widget-nobody-in-channel' : 'widget-nobody')} {typed && t('widget-text-stays')}
    </Notice>
  );
}

interface ChannelChoiceProps {
  channels: readonly OfferedChannel[];
  chosen: string | undefined;
  onChoose: (id: string) => void;
}

function ChannelChoice({ channels, chosen, onChoose }: ChannelChoiceProps) {
  const group = useId();
  return (
    <fieldset class="channel-choice">
      <legend>{t('widget-channel')}</legend>
      {channels.map(({ channel, available }) => (
        <label key={channel.id}>
          <input
            type="radio"
            name={group}
            value={channel.id}
            checked={channel.id === chosen}
            onChange={() => onChoose(channel.id)}
          />
          <bdi>{channel.name}</bdi>
          <small class={available ? 'channel-there' : undefined}>
            {available ? t('widget-somebody-there') : t('widget-nobody-there')}
          </small>
        </label>
      ))}
    </fieldset>
  );
}

/** The channel that a start would go to: the chosen one, or the first where somebody is. */
function find(channels: readonly OfferedChannel[], channel: string | undefined): OfferedChannel | undefined {
  const wanted = channels.find((offered) => offered.channel.id === channel);
  return wanted ?? channels.find((offered) => offered.available) ?? channels[0];
}
