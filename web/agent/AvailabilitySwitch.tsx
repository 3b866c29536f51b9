import ChevronDown from 'lucide/dist/esm/icons/chevron-down.mjs';
import type { Availability } from '../api/types.ts';
import { t } from '../core/i18n.ts';
import { Icon } from '../ui/Icon.tsx';
import { Menu } from '../ui/Menu.tsx';
import { availabilities, hintOf, nameOf, presenceOf } from './availability.ts';
import './availability-switch.css';

interface AvailabilitySwitchProps {
  value: Availability;
  onChange: (value: Availability) => void;
}

/** The quick switch in the top bar; it writes the same value as the Personalization menu. */
export function AvailabilitySwitch({ value, onChange }: AvailabilitySwitchProps) {
  const items = availabilities.map((it) => ({
    label: nameOf(it),
    hint: hintOf(it),
    checked: it === value,
    onPick: () => onChange(it),
  }));
  return (
    <Menu
      label={`${t('agent-availability-label')}: ${nameOf(value)}`}
      look="availability-switch"
      sections={[{ items }]}
    >
      <span class={`presence presence-${presenceOf(value)}`} />
      {nameOf(value)}
      <Icon of={ChevronDown} />
    </Menu>
  );
}
