import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

const css = readFileSync(join(import.meta.dirname, 'tokens.css'), 'utf8');

/** Text on its grounds. Whoever puts two colours together that are not here adds them. */
const text: Record<string, string[]> = {
  ink: ['paper', 'surface', 'raised', 'sunken', 'bubble', 'note', 'lamp-soft', 'accent-soft'],
  'ink-2': ['paper', 'surface', 'raised', 'sunken', 'note'],
  accent: ['surface', 'raised', 'paper', 'note'],
  'accent-ink': ['accent-soft', 'note'],
  'on-accent': ['accent'],
  'lamp-ink': ['lamp-soft'],
  'on-lamp': ['lamp'],
  'note-ink': ['note', 'surface'],
  danger: ['surface', 'raised'],
  'rail-ink': ['rail', 'rail-hover', 'rail-active'],
};

const edges: Record<string, string[]> = {
  edge: ['surface', 'raised'],
  ok: ['surface'],
  danger: ['surface'],
  accent: ['surface'],
};

describe.each(['light', 'dark'] as const)('In %s', (mode) => {
  it('text stands out from its ground by 5.8 : 1', () => expect(tooWeak(text, 5.8, mode)).toEqual([]));
  it('edges of controls stand out by 3 : 1', () => expect(tooWeak(edges, 3, mode)).toEqual([]));
});

function tooWeak(pairs: Record<string, string[]>, least: number, mode: 'light' | 'dark'): string[] {
  return Object.entries(pairs).flatMap(([front, grounds]) =>
    grounds.flatMap((ground) => {
      const [a, b] = [luminance(front, mode), luminance(ground, mode)];
      const ratio = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
      return Number(ratio.toFixed(1)) < least ? [`${front} on ${ground}: ${ratio.toFixed(2)}`] : [];
    }),
  );
}

/** Relative luminance of a token, from its OKLCH value. */
function luminance(token: string, mode: 'light' | 'dark'): number {
  const value = css.match(new RegExp(`--${token}: (.+);`))![1]!;
  const both = value.match(/^light-dark\((#\w+|oklch\([^)]+\)), (#\w+|oklch\([^)]+\))\)$/);
  const colour = both ? both[mode === 'light' ? 1 : 2]! : value;
  if (colour === '#fff') return 1;
  const [l, c, h] = colour.match(/[\d.]+/g)!.map(Number) as [number, number, number];
  const [a, b] = [c * Math.cos((h * Math.PI) / 180), c * Math.sin((h * Math.PI) / 180)];
  const [x, y, z] = [
    (l + 0.3963377774 * a + 0.2158037573 * b) ** 3,
    (l - 0.1055613458 * a - 0.0638541728 * b) ** 3,
    (l - 0.0894841775 * a - 1.291485548 * b) ** 3,
  ];
  const linear = [
    4.0767416621 * x - 3.3077115913 * y + 0.2309699292 * z,
    -1.2684380046 * x + 2.6097574011 * y - 0.3413193965 * z,
    -0.0041960863 * x - 0.7034186147 * y + 1.707614701 * z,
  ].map((channel) => Math.min(1, Math.max(0, channel))) as [number, number, number];
  return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2];
}
