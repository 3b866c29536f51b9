import type { ComponentChildren } from 'preact';
import { t } from '../../core/i18n.ts';
import { Badge } from '../../ui/Badge.tsx';
import { Button } from '../../ui/Button.tsx';

export interface Column<T> {
  head: string;
  /** What is no name of ours is not translated. */
  cell: (one: T) => ComponentChildren;
}

interface ThingsProps<T> {
  caption: string;
  things: readonly T[];
  /** The first is what a row is called. */
  columns: readonly [Column<T>, ...Column<T>[]];
  valid: (one: T) => boolean;
  changeLabel: (one: T) => string;
  onChange: (one: T) => void;
  onMore?: (() => void) | undefined;
}

/** Things that administrators change, a row each. */
export function Things<T extends { id: string }>(props: ThingsProps<T>) {
  const { things, columns, valid, onMore } = props;
  const [name, ...others] = columns;
  return (
    <div class="card rows admin-rows">
      <table>
        <caption class="quiet">{props.caption}</caption>
        <thead>
          <tr>
            {columns.map(({ head }) => (
              <th key={head} scope="col">
                {head}
              </th>
            ))}
            <th scope="col">
              <span class="quiet">{t('admin-change')}</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {things.map((one) => (
            <tr key={one.id} class={valid(one) ? undefined : 'admin-off'}>
              <th scope="row">
                {name.cell(one)} {!valid(one) && <Badge>{t('admin-invalid')}</Badge>}
              </th>
              {others.map(({ head, cell }) => (
                <td key={head} data-label={head}>
                  {cell(one)}
                </td>
              ))}
              <td>
                <Button size="small" label={props.changeLabel(one)} onClick={() => props.onChange(one)}>
                  {t('admin-change')}
                </Button>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {onMore && (
        <div class="rows-more">
          <Button onClick={onMore}>{t('agent-show-more')}</Button>
        </div>
      )}
    </div>
  );
}

/** Somebody's words, or a dash for none. */
export function Said({ of }: { of: string | undefined }) {
  return of ? <bdi translate={false}>{of}</bdi> : t('admin-nothing');
}
