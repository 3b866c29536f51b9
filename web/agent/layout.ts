/** How the window is divided: chat windows over the page, a column beside it, or one sheet over everything. */
import { computed, signal } from '@preact/signals';

export type Layout = 'windows' | 'column' | 'sheet';

const width_px = signal(innerWidth);
addEventListener('resize', () => {
  width_px.value = innerWidth;
});

export const layout = computed<Layout>(() =>
  width_px.value >= 1_400 ? 'windows' : width_px.value >= 760 ? 'column' : 'sheet',
);

/** How many chat windows fit beside each other, leaving room for the rail, the minimised ones and the bubble. */
export const room = computed(() =>
  layout.value === 'windows' ? Math.max(1, Math.floor((width_px.value - 394) / 360)) : 1,
);
