import ChevronDown from 'lucide/dist/esm/icons/chevron-down.mjs';
import Eye from 'lucide/dist/esm/icons/eye.mjs';
import MessageCircle from 'lucide/dist/esm/icons/message-circle.mjs';
import type { Role } from '../api/types.ts';
import { t } from '../core/i18n.ts';
import { Button } from '../ui/Button.tsx';
import { Icon } from '../ui/Icon.tsx';
import { Menu } from '../ui/Menu.tsx';

interface JoinMenuProps {
  /** Who invites. */
  name: string;
  /** The highest role offered. */
  role: Role;
  primary?: boolean;
  busy?: boolean;
  /** Why it cannot be done now. */
  why?: string | undefined;
  onJoin: (role: Role) => void;
}

/** Follows an invitation: as participant or observer, as far as the role offered allows. */
export function JoinMenu({ name, role, primary, busy, why, onJoin }: JoinMenuProps) {
  const roles: readonly Role[] = role === 'observer' ? ['observer'] : ['participant', 'observer'];
  if (busy || why !== undefined || roles.length === 1) {
    return (
      <Button
        kind={primary ? 'primary' : 'plain'}
        label={t('agent-join-whom', { name })}
        busy={busy}
        why={why}
        onClick={() => onJoin(role)}
      >
        {role === 'observer' ? t('agent-join-as', { role }) : t('agent-join')}
      </Button>
    );
  }
  return (
    <Menu
      label={t('agent-join-whom', { name })}
      look={`button button-${primary ? 'primary' : 'plain'}`}
      sections={[
        {
          items: roles.map((role) => ({
            label: t('agent-join-as', { role }),
            hint: t('agent-join-as-hint', { role }),
            icon: role === 'observer' ? Eye : MessageCircle,
            onPick: () => onJoin(role),
          })),
        },
      ]}
    >
      {t('agent-join')}
      <Icon of={ChevronDown} />
    </Menu>
  );
}
