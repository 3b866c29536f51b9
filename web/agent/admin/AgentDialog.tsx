import { useState } from 'preact/hooks';
import type { AdminAgent, AdminRights } from '../../api/types.ts';
import { t } from '../../core/i18n.ts';
import type { Api } from '../../core/server.ts';
import { SaveDialog } from '../SaveDialog.tsx';
import { TextRow, TickRow } from './form-rows.tsx';
import { KeyMatrix } from './KeyMatrix.tsx';
import { LinkDialog } from './LinkDialog.tsx';
import { PasswordTold } from './PasswordTold.tsx';
import { Tick } from './Tick.tsx';
import { useTries } from './use-tries.ts';
import { WaysIn } from './WaysIn.tsx';

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
  const { busy, problem, setProblem, tries } = useTries();

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
  if (password !== undefined) return <PasswordTold title={title} name={name} password={password} onClose={onClose} />;
  if (linkFor !== undefined) {
    return (
      <LinkDialog api={api} title={title} person={{ id: linkFor, name, email: email || undefined }} onClose={onClose} />
    );
  }
  return (
    <SaveDialog title={title} busy={busy} problem={problem} onSave={save} onClose={onClose}>
      <div class="admin-form">
        {agent === undefined && (
          <TextRow label={t('admin-login')} value={login} maxLength={100} verbatim onText={setLogin} />
        )}
        <TextRow label={t('admin-name')} value={name} maxLength={200} onText={setName} />
        <TextRow label={t('admin-email')} value={email} maxLength={254} inputMode="email" verbatim onText={setEmail} />
        {agent === undefined && <TickRow label={t('admin-invited')} checked={invited} onTick={setInvited} />}
        {agent && <TickRow label={t('admin-valid-agent')} checked={valid} onTick={setValid} />}
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
          <WaysIn
            api={api}
            person={agent}
            secondFactor={agent.second_factor}
            hasPassword={agent.has_password}
            work={{ busy, tries }}
            onPassword={async () => {
              const told = await api.call('POST /api/admin/agents/{id}/password', { id: agent.id });
              await onChanged();
              setPassword(told.password);
            }}
            onLink={() => setLinkFor(agent.id)}
            onChanged={onChanged}
          />
        </div>
      )}
    </SaveDialog>
  );
}
