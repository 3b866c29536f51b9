import { type ReadonlySignal, signal } from '@preact/signals-core';

/** Whether somebody can see this page: false in a background tab. */
export const pageShown: ReadonlySignal<boolean> = watchPage();

function watchPage(): ReadonlySignal<boolean> {
  const shown = signal(document.visibilityState === 'visible');
  document.addEventListener('visibilitychange', () => {
    shown.value = document.visibilityState === 'visible';
  });
  return shown;
}
