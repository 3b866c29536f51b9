/** How near to the end counts as being there. */
const NEAR_PX = 32;

/**
 * Keeps the reader's place in a history that grows at both ends: at the newest end it follows, anywhere else
 * what is being read stays where it is, whatever is added above or below or changes its height.
 */
export class ScrollPlace {
  /** At the newest end. */
  atEnd = true;
  readonly #box: HTMLElement;
  readonly #onEnd: (atEnd: boolean) => void;
  #anchor: { row: HTMLElement; top: number } | undefined;
  #observer: ResizeObserver;

  /** `box` scrolls; `rows` inside holds one element per line, and between them some that come and go (`data-passing`). */
  constructor(
    box: HTMLElement,
    readonly rows: HTMLElement,
    onEnd: (atEnd: boolean) => void,
  ) {
    this.#box = box;
    this.#onEnd = onEnd;
    this.#observer = new ResizeObserver(() => this.settle());
    this.#observer.observe(box);
    this.#observer.observe(rows);
    box.addEventListener('scroll', this.#scrolled, { passive: true });
  }

  /** Call after each change of the rows, before the browser paints. */
  settle(): void {
    if (this.atEnd) this.#box.scrollTop = this.#box.scrollHeight;
    else if (this.#anchor?.row.isConnected) this.#box.scrollTop = this.#anchor.row.offsetTop - this.#anchor.top;
  }

  /** From now on what is seen stays, even at the end. */
  hold(): void {
    this.#remember();
    this.#become(false);
  }

  toEnd(): void {
    this.#box.scrollTop = this.#box.scrollHeight;
    this.#scrolled();
  }

  stop(): void {
    this.#observer.disconnect();
    this.#box.removeEventListener('scroll', this.#scrolled);
  }

  #scrolled = (): void => {
    this.#remember();
    const { scrollTop, scrollHeight, clientHeight } = this.#box;
    this.#become(scrollHeight - clientHeight - scrollTop <= NEAR_PX);
  };

  #remember(): void {
    const { scrollTop } = this.#box;
    const row = [...this.rows.children].find(
      (row): row is HTMLElement =>
        row instanceof HTMLElement && !('passing' in row.dataset) && row.offsetTop + row.offsetHeight > scrollTop,
    );
    this.#anchor = row && { row, top: row.offsetTop - scrollTop };
  }

  #become(atEnd: boolean): void {
    if (atEnd === this.atEnd) return;
    this.atEnd = atEnd;
    this.#onEnd(atEnd);
  }
}
