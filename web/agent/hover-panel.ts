const OPEN_AFTER_MS = 120;
const CLOSE_AFTER_MS = 350;

/**
 * When a panel that belongs to a button is open. Hovering opens it for as long as the pointer stays, keyboard
 * focus for as long as the focus stays inside, a click until the next click, Esc, or a click elsewhere.
 */
export class HoverPanel {
  #open = false;
  /** Opened by a click: stays when the pointer goes. */
  #pinned = false;
  #timer: ReturnType<typeof setTimeout> | undefined;
  readonly #stop = new AbortController();

  /** `item` holds button and panel. */
  constructor(
    readonly item: HTMLElement,
    readonly button: HTMLElement,
    readonly onChange: (open: boolean) => void,
  ) {
    const { signal } = this.#stop;
    item.addEventListener('pointerenter', (event) => this.#pointer(event, true), { signal });
    item.addEventListener('pointerleave', (event) => this.#pointer(event, false), { signal });
    item.addEventListener('focusout', ({ relatedTarget }) => this.#focusLeft(relatedTarget), { signal });
    button.addEventListener('focus', () => button.matches(':focus-visible') && this.#set(true), { signal });
    button.addEventListener('click', () => this.#click(), { signal });
    document.addEventListener('keydown', (event) => event.key === 'Escape' && this.#escape(), { signal });
    document.addEventListener('pointerdown', ({ target }) => this.#pressed(target), { signal });
  }

  close(): void {
    this.#pinned = false;
    this.#set(false);
  }

  stop(): void {
    clearTimeout(this.#timer);
    this.#stop.abort();
  }

  #set(open: boolean): void {
    clearTimeout(this.#timer);
    if (open === this.#open) return;
    this.#open = open;
    this.onChange(open);
  }

  #pointer(event: PointerEvent, inside: boolean): void {
    if (event.pointerType !== 'mouse') return;
    clearTimeout(this.#timer);
    if (inside) this.#timer = setTimeout(() => this.#set(true), OPEN_AFTER_MS);
    else if (!this.#pinned && !this.#focusInside()) this.#timer = setTimeout(() => this.#set(false), CLOSE_AFTER_MS);
  }

  #click(): void {
    if (this.#open && this.#pinned) {
      this.close();
    } else {
      this.#pinned = true;
      this.#set(true);
    }
  }

  /** Keyboard focus in the panel keeps it; a button that was clicked by mouse does not count. */
  #focusInside(): boolean {
    const focused = document.activeElement;
    return focused !== null && this.item.contains(focused) && focused.matches(':focus-visible');
  }

  #focusLeft(to: EventTarget | null): void {
    if (!(to instanceof Element) || this.#belongs(to)) return;
    this.close();
  }

  #pressed(target: EventTarget | null): void {
    if (this.#open && target instanceof Element && !this.#belongs(target)) this.close();
  }

  #escape(): void {
    // The topmost closes first.
    if (!this.#open || document.querySelector('dialog[open], [popover]:popover-open')) return;
    const back = this.item.contains(document.activeElement);
    this.close();
    if (back) this.button.focus({ preventScroll: true });
    // Focus by keyboard would open it again at once.
    this.#set(false);
  }

  /** Inside, or in something that was opened from inside. */
  #belongs(element: Element): boolean {
    return this.item.contains(element) || element.closest('dialog, .toasts') !== null;
  }
}
