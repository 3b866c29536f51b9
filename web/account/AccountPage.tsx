import type { Me } from '../api/types.ts';
import type { Api } from '../core/server.ts';
import { FactorPart } from './FactorPart.tsx';
import { PasswordPart } from './PasswordPart.tsx';
import { ProfilePart } from './ProfilePart.tsx';
import { SessionsPart } from './SessionsPart.tsx';
import './account.css';

interface AccountPageProps {
  api: Api;
  me: Me;
  /** They are other ones now: what is shown of them is to be fetched again. */
  onChanged: () => Promise<void>;
  /** The session that this page belongs to was ended here. */
  onSignOut: () => void;
}

/** All that somebody keeps of himself here: how he is shown, and how he gets in. */
export function AccountPage({ api, me, onChanged, onSignOut }: AccountPageProps) {
  return (
    <div class="account">
      <ProfilePart api={api} me={me} onChanged={onChanged} />
      <PasswordPart api={api} />
      <FactorPart api={api} />
      <SessionsPart api={api} onSignOut={onSignOut} />
    </div>
  );
}
