import type { Availability } from '../api/types.ts';
import { t } from '../core/i18n.ts';
import type { Presence } from '../ui/Avatar.tsx';

export const availabilities: readonly Availability[] = ['internal_and_external', 'internal', 'unavailable'];

/** Short, as on the switch: what the agent does, not what he is. */
export const nameOf = (it: Availability) => t('agent-availability', { is: it });
export const hintOf = (it: Availability) => t('agent-availability-hint', { is: it });

/** Green for available in either way, red for not, with their shapes. */
export const presenceOf = (it: Availability | undefined): Presence =>
  it === undefined || it === 'unavailable' ? 'unavailable' : 'active';
