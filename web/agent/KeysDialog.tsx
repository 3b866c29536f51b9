import { t } from '../core/i18n.ts';
import { Dialog } from '../ui/Dialog.tsx';
import { off, type ShortcutKey, setOff, shortcuts } from './shortcuts.ts';
import './keys-dialog.css';

/** The `?` sheet. Single letters get in the way of speech input, so each can be switched off. */
export function KeysDialog({ onClose }: { onClose: () => void }) {
  const fixed = ['enter', 'shift-enter', 'escape', 'arrows', 'search'];
  return (
    <Dialog title={t('agent-keys')} onClose={onClose}>
      <table class="keys">
        <tbody>
          {fixed.map((key) => (
            <tr key={key}>
              <td>
                <kbd>{t('agent-key-name', { is: key })}</kbd>
              </td>
              <td>{t('agent-key-does', { is: key })}</td>
              <td />
            </tr>
          ))}
          {(Object.keys(shortcuts) as ShortcutKey[]).map((key) => (
            <tr key={key}>
              <td>
                <kbd>{key}</kbd>
              </td>
              <td>{t('agent-key-does', { is: shortcuts[key] })}</td>
              <td>
                <label>
                  <input
                    type="checkbox"
                    checked={!off.value.includes(key)}
                    onChange={(event) => setOff(key, !event.currentTarget.checked)}
                  />
                  {t('agent-key-on')}
                  <span class="quiet">: {key}</span>
                </label>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </Dialog>
  );
}
