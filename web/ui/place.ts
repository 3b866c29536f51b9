/**
 * Puts a floating panel under its button, or above where there is no room; their ends line up, and it stays
 * inside the window. (CSS anchors would do this, but not yet in every browser we promise.)
 */
export function placeBeside(panel: HTMLElement, button: HTMLElement, gap = 4, margin = 8): void {
  const at = button.getBoundingClientRect();
  const { width, height } = panel.getBoundingClientRect();
  const toEnd = getComputedStyle(button).direction === 'rtl' ? at.left : at.right - width;
  const below = at.bottom + gap;
  const fits = below + height + margin <= window.innerHeight;
  panel.style.left = `${clamp(toEnd, margin, window.innerWidth - width - margin)}px`;
  panel.style.top = `${clamp(fits ? below : at.top - gap - height, margin, window.innerHeight - height - margin)}px`;
  panel.style.visibility = '';
}

/** As `beforetoggle` of a floating panel: nobody sees it where the browser put it, before it was placed. */
export function unseenUntilPlaced(event: { newState: string; currentTarget: HTMLElement }): void {
  if (event.newState === 'open') event.currentTarget.style.visibility = 'hidden';
}

const clamp = (value: number, least: number, most: number) => Math.max(least, Math.min(value, most));
