import { useId, useState } from 'preact/hooks';
import type { AdminAgent, AdminRights } from '../../api/types.ts';
import { t } from '../../core/i18n.ts';
import type { Api } from '../../core/server.ts';
import { Button } from '../../ui/Button.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import { SaveDialog } from '../SaveDialog.tsx';
import { problemOf } from '../work.ts';
import { KeyMatrix } from './KeyMatrix.tsx';
import { LinkDialog } from './LinkDialog.tsx';
import { Tick } from './Tick.tsx';

interface AgentDialogProps {
  api: Api;
  /** None for a new one. */
  agent: AdminAgent | undefined;
  rights: AdminRights;
  onChanged: () => Promise<void>;
  onClose: () => void;
}

/** A new agent, or what of one can be changed: the account when it is saved, roles and keys at once. */
export function AgentDialog({ api, agent, rights, onChanged, onClose }: AgentDialogProps) {
  const [login, setLogin] = useState('');
  const [name, setName] = useState(agent?.name ?? '');
  const [email, setEmail] = useState(agent?.email ?? '');
  const [valid, setValid] = useState(agent?.valid ?? true);
  const [password, setPassword] = useState<string>();
  const [invited, setInvited] = useState(agent === undefined);
  /** A link is made for this one. */
  const [linkFor, setLinkFor] = useState<string>();
  const [said, setSaid] = useState('');
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string>();
  const id = useId();

  async function tries(what: () => Promise<unknown>): Promise<void> {
    setBusy(true);
    setProblem(undefined);
    try {
      await what();
    } catch (error) {
      setProblem(problemOf(error));
    } finally {
      setBusy(false);
    }
  }

  function save() {
    if (name.trim() === '' || (agent === undefined && login.trim() === '')) return setProblem(t('admin-needs-login'));
    void tries(async () => {
      if (agent === undefined) {
        const body = { login, name, ...(email && { email }), ...(invited && { invited }) };
        const made = await api.call('POST /api/admin/agents', { body });
        await onChanged();
        if (made.password === undefined) setLinkFor(made.id);
        else setPassword(made.password);
      } else {
        const body = { name, email, valid, version: agent.version };
        await api.call('PUT /api/admin/agents/{id}', { id: agent.id, body });
        await onChanged();
        onClose();
      }
    });
  }

  const title = agent === undefined ? t('admin-agent-new') : t('admin-agent-change', { name: agent.name });
  if (password !== undefined) {
    return (
      <Dialog title={title} onClose={onClose}>
        <div role="status" class="admin-password">
          <p>{t('admin-password-told', { name })}</p>
          <output translate={false}>{password}</output>
          <p>{t('admin-password-pass-on')}</p>
        </div>
      </Dialog>
    );
  }
  if (linkFor !== undefined) {
    return (
      <LinkDialog api={api} title={title} person={{ id: linkFor, name, email: email || undefined }} onClose={onClose} />
    );
  }
  return (
    <SaveDialog title={title} busy={busy} problem={problem} onSave={save} onClose={onClose}>
      <div class="admin-form">
        {agent === undefined && (
          <>
            <label for={`${id}-login`}>{t('admin-login')}</label>
            <input
              id={`${id}-login`}
              maxLength={100}
              autocomplete="off"
              autocapitalize="off"
              value={login}
              onInput={(event) => setLogin(event.currentTarget.value)}
            />
          </>
        )}
        <label for={`${id}-name`}>{t('admin-name')}</label>
        <input
          id={`${id}-name`}
          maxLength={200}
          autocomplete="off"
          value={name}
          onInput={(event) => setName(event.currentTarget.value)}
        />
        <label for={`${id}-email`}>{t('admin-email')}</label>
        <input
          id={`${id}-email`}
          inputMode="email"
          maxLength={254}
          autocomplete="off"
          value={email}
          onInput={(event) => setEmail(event.currentTarget.value)}
        />
        {agent === undefined && (
          <label>
            <input type="checkbox" checked={invited} onChange={(event) => setInvited(event.currentTarget.checked)} />
            {t('admin-invited')}
          </label>
        )}
        {agent && (
          <label>
            <input type="checkbox" checked={valid} onChange={(event) => setValid(event.currentTarget.checked)} />
            {t('admin-valid-agent')}
          </label>
        )}
      </div>
      {agent && (
        <div class="admin-agent-rights">
          <fieldset>
            <legend>{t('admin-roles')}</legend>
            {rights.roles.length === 0 && <p>{t('admin-no-roles')}</p>}
            {rights.roles.map((role) => (
              <Tick
                key={role.name}
                checked={agent.roles.includes(role.name)}
                onSet={(member) =>
                  tries(async () => {
                    const body = { role: role.name, login: agent.login, member };
                    await api.call('PUT /api/admin/members', { body });
                    await onChanged();
                  })
                }
              >
                <bdi translate={false}>{role.name}</bdi>
              </Tick>
            ))}
          </fieldset>
          <h3>{t('admin-own-keys')}</h3>
          <p class="field-hint">{t('admin-own-keys-why')}</p>
          <KeyMatrix
            api={api}
            label={t('admin-own-keys')}
            holder={{ is: 'agent', login: agent.login }}
            groups={rights.groups}
            keys={rights.keys}
            held={agent.keys}
            onChanged={onChanged}
          />
          <p class="admin-password-new">
            <Button
              size="small"
              busy={busy}
              onClick={() =>
                void tries(async () => {
                  const told = await api.call('POST /api/admin/agents/{id}/password', { id: agent.id });
                  await onChanged();
                  setPassword(told.password);
                })
              }
            >
              {t('admin-password-new')}
            </Button>
            <span class="field-hint">{t('admin-password-ends', { name: agent.name })}</span>
          </p>
          <p class="admin-password-new">
            <Button size="small" busy={busy} onClick={() => setLinkFor(agent.id)}>
              {t('admin-link-make')}
            </Button>
            <span class="field-hint">{t(agent.has_password ? 'admin-link-why' : 'admin-link-waits')}</span>
          </p>
          <p class="admin-password-new">
            <Button
              size="small"
              busy={busy}
              onClick={() =>
                void tries(async () => {
                  await api.call('DELETE /api/admin/people/{id}/sessions', { id: agent.id });
                  await onChanged();
                  setSaid(t('admin-sessions-ended', { name: agent.name }));
                })
              }
            >
              {t('admin-sessions-end')}
            </Button>
            {agent.second_factor && (
              <Button
                size="small"
                busy={busy}
                onClick={() =>
                  void tries(async () => {
                    await api.call('DELETE /api/admin/people/{id}/second_factor', { id: agent.id });
                    await onChanged();
                    setSaid(t('admin-factor-removed', { name: agent.name }));
                  })
                }
              >
                {t('admin-factor-remove')}
              </Button>
            )}
            <span role="status" class="field-hint">
              {said || t(agent.second_factor ? 'admin-factor-set' : 'admin-factor-none')}
            </span>
          </p>
        </div>
      )}
    </SaveDialog>
  );
}
