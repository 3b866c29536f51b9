import Plus from 'lucide/dist/esm/icons/plus.mjs';
import X from 'lucide/dist/esm/icons/x.mjs';
import { useId, useRef, useState } from 'preact/hooks';
import type { OutOfOffice as Absence, DayRange } from '../api/types.ts';
import { t } from '../core/i18n.ts';
import { Button } from '../ui/Button.tsx';
import { IconButton } from '../ui/IconButton.tsx';
import { SaveDialog } from './SaveDialog.tsx';
import { useSave } from './use-save.ts';
import './out-of-office.css';

/** As many as the server keeps. */
const RANGES_MAX = 50;

interface OutOfOfficeProps {
  absence: Absence | undefined;
  /** Answers with what went wrong, if anything. */
  onSave: (absence: Absence) => Promise<string | undefined>;
  onClose: () => void;
}

type Line = DayRange & { n: number };

/** The days in which the agent is out of office, in his time zone. */
export function OutOfOffice({ absence, onSave, onClose }: OutOfOfficeProps) {
  const here = Intl.DateTimeFormat().resolvedOptions().timeZone;
  const [zone, setZone] = useState(absence?.zone ?? here);
  const [lines, setLines] = useState<Line[]>((absence?.ranges ?? []).map((range, n) => ({ ...range, n })));
  const { busy, problem, setProblem, save } = useSave(onClose);
  const box = useRef<HTMLDivElement>(null);
  const id = useId();

  const change = (n: number, days: Partial<DayRange>) => {
    setProblem(undefined);
    setLines(lines.map((line) => (line.n === n ? { ...line, ...days } : line)));
  };

  function add() {
    if (lines.length >= RANGES_MAX) return setProblem(t('agent-out-full', { count: RANGES_MAX }));
    const n = Math.max(-1, ...lines.map((line) => line.n)) + 1;
    setLines([...lines, { n, from: '', to: '' }]);
    // The new line's first field, once it is there.
    requestAnimationFrame(() => box.current?.querySelector<HTMLElement>('li:last-child input')?.focus());
  }

  function remove(n: number) {
    setProblem(undefined);
    setLines(lines.filter((line) => line.n !== n));
    box.current?.focus();
  }

  function submit() {
    const ranges = lines.map(({ from, to }) => ({ from, to }));
    if (ranges.some(({ from, to }) => from === '' || to === '')) return setProblem(t('agent-out-missing'));
    if (ranges.some(({ from, to }) => from > to)) return setProblem(t('agent-out-order'));
    void save(onSave({ zone, ranges }));
  }

  return (
    <SaveDialog title={t('agent-out-of-office')} busy={busy} problem={problem} onSave={submit} onClose={onClose}>
      <p class="out-why">{t('agent-out-why')}</p>
      <div ref={box} class="out-ranges" tabIndex={-1}>
        {lines.length === 0 && <p>{t('agent-out-none')}</p>}
        <ul>
          {lines.map((line, index) => (
            <li key={line.n}>
              <fieldset>
                <legend class="quiet">{t('agent-out-range', { n: index + 1 })}</legend>
                <Day label={t('agent-out-from')} value={line.from} onChange={(from) => change(line.n, { from })} />
                <Day
                  label={t('agent-out-to')}
                  value={line.to}
                  min={line.from}
                  onChange={(to) => change(line.n, { to })}
                />
                <IconButton label={t('agent-out-remove', { n: index + 1 })} icon={X} onClick={() => remove(line.n)} />
              </fieldset>
            </li>
          ))}
        </ul>
        <Button size="small" icon={Plus} onClick={add}>
          {t('agent-out-add')}
        </Button>
      </div>
      <div class="out-zone">
        <label for={id}>{t('agent-out-zone')}</label>
        <select id={id} value={zone} onChange={(event) => setZone(event.currentTarget.value)}>
          {zones(zone).map((name) => (
            <option key={name} value={name} selected={name === zone}>
              {name.replaceAll('_', ' ')}
            </option>
          ))}
        </select>
      </div>
    </SaveDialog>
  );
}

interface DayProps {
  label: string;
  value: string;
  min?: string;
  onChange: (day: string) => void;
}

function Day({ label, value, min, onChange }: DayProps) {
  return (
    <label class="out-day">
      {label}
      <input
        type="date"
        value={value}
        min={min || '1970-01-01'}
        max="9999-12-31"
        onInput={(event) => onChange(event.currentTarget.value)}
      />
    </label>
  );
}

function zones(chosen: string): string[] {
  return [...new Set([...Intl.supportedValuesOf('timeZone'), 'UTC', chosen])].sort();
}
