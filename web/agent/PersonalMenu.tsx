import BellRing from 'lucide/dist/esm/icons/bell-ring.mjs';
import CalendarOff from 'lucide/dist/esm/icons/calendar-off.mjs';
import LogOut from 'lucide/dist/esm/icons/log-out.mjs';
import SlidersHorizontal from 'lucide/dist/esm/icons/sliders-horizontal.mjs';
import UserRound from 'lucide/dist/esm/icons/user-round.mjs';
import type { Availability, Me } from '../api/types.ts';
import { lang, languages, t } from '../core/i18n.ts';
import { ownName } from '../ui/language-names.ts';
import { Menu } from '../ui/Menu.tsx';
import { Portrait } from '../ui/Portrait.tsx';
import { availabilities, nameOf, presenceOf } from './availability.ts';
import { setTheme, type Theme, theme } from './looks.ts';

interface PersonalMenuProps {
  me: Me;
  onAvailability: (value: Availability) => void;
  onChannels: () => void;
  onNotices: () => void;
  onOutOfOffice: () => void;
  onAccount: () => void;
  onLanguage: (code: string) => void;
  onSignOut: () => void;
  /** The address of his picture, where there is one. */
  picture?: string | undefined;
}

/** The Personalization menu behind the avatar. */
export function PersonalMenu({
  me,
  onAvailability,
  onChannels,
  onNotices,
  onOutOfOffice,
  onAccount,
  onLanguage,
  onSignOut,
  picture,
}: PersonalMenuProps) {
  const value = me.availability ?? 'unavailable';
  const off = me.receives?.limit === 'chat_off';
  return (
    <Menu
      label={t('agent-personalization', { name: me.name })}
      look="rail-item rail-person"
      head={<p class="menu-head">{me.name}</p>}
      sections={[
        {
          heading: t('agent-chat-availability'),
          items: availabilities.map((it) => ({
            label: nameOf(it),
            checked: it === value,
            onPick: () => onAvailability(it),
          })),
        },
        {
          heading: t('agent-notification-settings'),
          items: [
            { label: `${t('agent-my-channels')} …`, icon: SlidersHorizontal, onPick: onChannels },
            { label: `${t('agent-notices')} …`, icon: BellRing, onPick: onNotices },
          ],
        },
        {
          items: [
            { label: `${t('agent-out-of-office')} …`, icon: CalendarOff, onPick: onOutOfOffice },
            { label: `${t('agent-account')} …`, icon: UserRound, onPick: onAccount },
          ],
        },
        {
          heading: t('agent-language'),
          items: languages.map((code) => ({
            label: ownName(code),
            checked: code === lang.value,
            onPick: () => onLanguage(code),
          })),
        },
        {
          heading: t('agent-theme'),
          items: (['system', 'light', 'dark'] satisfies Theme[]).map((it) => ({
            label: t('agent-theme-name', { is: it }),
            checked: it === theme.value,
            onPick: () => setTheme(it),
          })),
        },
        { items: [{ label: t('agent-sign-out'), icon: LogOut, onPick: onSignOut }] },
      ]}
    >
      {off ? (
        <Portrait
          name={me.name}
          picture={picture}
          presence="unavailable"
          word={t('agent-presence', { is: 'unavailable' })}
        />
      ) : (
        <Portrait name={me.name} picture={picture} presence={presenceOf(me.availability)} word={nameOf(value)} />
      )}
    </Menu>
  );
}
