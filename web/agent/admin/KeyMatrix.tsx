import { useState } from 'preact/hooks';
import type { HeldKey, KeyHolder } from '../../api/types.ts';
import { t } from '../../core/i18n.ts';
import type { Api } from '../../core/server.ts';
import { problemOf } from '../work.ts';
import { Tick } from './Tick.tsx';

interface KeyMatrixProps {
  api: Api;
  /** What it is a table of. */
  label: string;
  holder: KeyHolder;
  groups: readonly string[];
  keys: readonly string[];
  held: readonly HeldKey[];
  onChanged: () => Promise<void>;
}

/** Which keys are held on which groups. A tick acts at once, and goes back where it was refused. */
export function KeyMatrix({ api, label, holder, groups, keys, held, onChanged }: KeyMatrixProps) {
  const [problem, setProblem] = useState<string>();
  const holds = (group: string, key: string) => held.some((one) => one.group === group && one.key === key);

  async function set(held: boolean, group: string, key: string) {
    setProblem(undefined);
    try {
      await api.call('PUT /api/admin/keys', { body: { holder, group, key, held } });
      await onChanged();
    } catch (error) {
      setProblem(problemOf(error));
    }
  }

  return (
    <>
      {problem && (
        <p class="field-problem" role="alert">
          {problem}
        </p>
      )}
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls is reached by the keyboard */}
      <div class="key-matrix" role="region" aria-label={label} tabIndex={0}>
        <table>
          <caption class="quiet">{label}</caption>
          <thead>
            <tr>
              <th scope="col">{t('admin-group')}</th>
              {keys.map((key) => (
                <th key={key} scope="col">
                  {t('admin-key', { is: key })}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {groups.map((group) => (
              <tr key={group}>
                <th scope="row">
                  <bdi translate={false}>{group}</bdi>
                </th>
                {keys.map((key) => (
                  <td key={key}>
                    <Tick
                      label={t('admin-key-on', { key: t('admin-key', { is: key }), group })}
                      checked={holds(group, key)}
                      onSet={(held) => set(held, group, key)}
                    />
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </>
  );
}
