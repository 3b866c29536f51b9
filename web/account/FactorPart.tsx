import { useEffect, useRef, useState } from 'preact/hooks';
import type { Factor, FactorOffer } from '../api/types.ts';
import { moment } from '../core/format.ts';
import { t } from '../core/i18n.ts';
import { saveFile } from '../core/save.ts';
import type { Api } from '../core/server.ts';
import { Button } from '../ui/Button.tsx';
import { Field } from '../ui/Field.tsx';
import { Notice } from '../ui/Notice.tsx';
import { Form } from './Form.tsx';
import { QrCode } from './QrCode.tsx';
import { problemOf, useTry } from './use-try.ts';
import './account.css';

type Wanted = 'set' | 'codes' | 'remove';
type Step =
  | { is: 'rest' }
  /** Whoever asks shows that it is he. */
  | { is: 'prove'; for: Wanted }
  | { is: 'scan'; offer: FactorOffer }
  | { is: 'codes'; codes: string[] };

interface FactorPartProps {
  api: Api;
  /** There is none yet, and one is asked for: it is begun at once. */
  owed?: boolean;
  /** It is set up, and its recovery codes were seen. */
  onSet?: () => void;
}

/** The second factor: set up with a device, recovery codes, taken away. */
export function FactorPart({ api, owed = false, onSet }: FactorPartProps) {
  const [factor, setFactor] = useState<Factor>();
  const [step, setStep] = useState<Step>(owed ? { is: 'prove', for: 'set' } : { is: 'rest' });
  const [said, setSaid] = useState('');
  const { busy, problem, setProblem, attempt } = useTry();
  const part = useRef<HTMLElement>(null);
  /** Beside what is under way: nobody waits for it, and what was told once, as recovery codes, stays when it fails. */
  const look = () =>
    void api.call('GET /api/second_factor').then(setFactor, (error: unknown) => setProblem(problemOf(error)));
  useEffect(look, []);

  /** What comes next takes the keyboard with it. */
  function goTo(next: Step) {
    setProblem(undefined);
    setStep(next);
    requestAnimationFrame(() => {
      const first = part.current?.querySelector<HTMLElement>('input, [role="group"], .button');
      (first ?? part.current)?.focus();
    });
  }

  const prove = (wanted: Wanted, password: string, code: string) =>
    attempt(async () => {
      const body = { password, ...(code.trim() && { code }) };
      if (wanted === 'set') goTo({ is: 'scan', offer: await api.call('POST /api/second_factor/offer', { body }) });
      if (wanted === 'codes') {
        const { codes } = await api.call('POST /api/second_factor/codes', { body });
        goTo({ is: 'codes', codes });
      }
      if (wanted === 'remove') {
        await api.call('POST /api/second_factor/remove', { body });
        setSaid(t('account-factor-removed'));
        goTo({ is: 'rest' });
      }
      look();
    });

  const set = (offer: string, code: string) =>
    attempt(async () => {
      const { codes } = await api.call('PUT /api/second_factor', { body: { offer, code } });
      goTo({ is: 'codes', codes });
      look();
    });

  const back = (
    <Button kind="quiet" onClick={() => goTo({ is: 'rest' })}>
      {t('account-cancel')}
    </Button>
  );

  return (
    <section ref={part} class="card account-part" aria-labelledby="account-factor" tabIndex={-1}>
      <h2 id="account-factor">{t('account-factor')}</h2>
      {step.is === 'rest' && (
        <>
          <p class="account-why">{t('account-factor-why')}</p>
          {factor && (
            <p>
              {factor.set_at === undefined
                ? t('account-factor-none')
                : t('account-factor-set', { at: moment(factor.set_at), codes: factor.codes })}
            </p>
          )}
          {factor?.set_at !== undefined && factor.codes < 3 && (
            <Notice kind="accent">{t('account-factor-few', { codes: factor.codes })}</Notice>
          )}
          {problem && (
            <p class="field-problem" role="alert">
              {problem}
            </p>
          )}
          {factor && (
            <p class="account-ways">
              <Button onClick={() => goTo({ is: 'prove', for: 'set' })}>
                {t(factor.set_at === undefined ? 'account-factor-begin' : 'account-factor-other')}
              </Button>
              {factor.set_at !== undefined && (
                <>
                  <Button onClick={() => goTo({ is: 'prove', for: 'codes' })}>{t('account-codes-new')}</Button>
                  <Button
                    why={factor.required ? t('account-factor-required') : undefined}
                    onClick={() => goTo({ is: 'prove', for: 'remove' })}
                  >
                    {t('account-factor-remove')}
                  </Button>
                </>
              )}
            </p>
          )}
        </>
      )}
      {step.is === 'prove' && (
        <Form
          action={t('account-go-on')}
          busy={busy}
          problem={problem}
          beside={!owed && back}
          kind={step.for === 'remove' ? 'danger' : 'primary'}
          onSend={({ password = '', code = '' }) => void prove(step.for, password, code)}
        >
          <p class="account-why">{t('account-prove', { for: step.for })}</p>
          <Field name="password" label={t('account-password-own')} type="password" autocomplete="current-password" />
          {factor?.set_at !== undefined && (
            <Field name="code" label={t('account-code')} hint={t('account-code-hint')} autocomplete="one-time-code" />
          )}
        </Form>
      )}
      {step.is === 'scan' && (
        <Form
          action={t('account-factor-set-up')}
          busy={busy}
          problem={problem}
          beside={!owed && back}
          onSend={({ code = '' }) => void set(step.offer.offer, code)}
        >
          <ol class="account-steps">
            <li>
              <p>{t('account-factor-scan')}</p>
              <QrCode size={step.offer.size} path={step.offer.path} label={t('account-factor-qr')} />
              <p>{t('account-factor-type')}</p>
              <output class="account-secret" translate={false}>
                {step.offer.secret.replace(/(.{4})(?=.)/g, '$1 ')}
              </output>
              <p>
                <a href={step.offer.address}>{t('account-factor-here')}</a>
              </p>
            </li>
            <li>
              <Field
                name="code"
                label={t('account-factor-confirm')}
                autocomplete="one-time-code"
                inputMode="numeric"
                maxLength={8}
              />
            </li>
          </ol>
        </Form>
      )}
      {step.is === 'codes' && (
        <div class="account-codes-told">
          <p>{t('account-codes-told')}</p>
          <div role="group" translate={false} tabIndex={-1} aria-label={t('account-codes')}>
            <ul class="account-codes">
              {step.codes.map((code) => (
                <li key={code}>
                  <code>{code}</code>
                </li>
              ))}
            </ul>
          </div>
          <p class="account-ways">
            <Button
              kind="primary"
              onClick={() => {
                setSaid(t('account-codes-kept-said'));
                goTo({ is: 'rest' });
                onSet?.();
              }}
            >
              {t('account-codes-kept')}
            </Button>
            <Button
              onClick={() =>
                saveFile(new Blob([`${step.codes.join('\n')}\n`], { type: 'text/plain' }), 'deskbell-codes.txt')
              }
            >
              {t('account-codes-save')}
            </Button>
          </p>
        </div>
      )}
      <p role="status" class="account-said">
        {said}
      </p>
    </section>
  );
}
