/** What a person has before his eyes, over all tabs of his browser. */
import { type ReadonlySignal, signal } from '@preact/signals-core';
import { locksOfPage } from './tabs.ts';

/** Whether this tab has the focus: of several that can be seen, the one somebody works in. */
export const tabFocused: ReadonlySignal<boolean> = watchFocus();

type Locks = Pick<LockManager, 'request' | 'query'>;

/**
 * A tab holds a shared lock for each thing that is seen in it: all tabs can ask which there are, and a tab that crashes holds
 * none. Where the browser gives no locks, each tab knows of itself.
 */
export class Sight {
  #prefix: string;
  #locks: Locks | undefined;
  #here = new Map<string, () => void>();

  /** `whose` keeps surfaces and persons apart. */
  constructor(whose: string, locks: Locks | undefined = locksOfPage()) {
    this.#prefix = `deskbell:sight:${whose}:`;
    this.#locks = locks;
  }

  /** What is seen in this tab from now on. */
  show(things: Iterable<string>): void {
    const wanted = new Set(things);
    for (const [thing, letGo] of this.#here) {
      if (wanted.has(thing)) continue;
      this.#here.delete(thing);
      letGo();
    }
    for (const thing of wanted) if (!this.#here.has(thing)) this.#here.set(thing, this.#hold(thing));
  }

  /** What is seen in any tab. */
  async all(): Promise<Set<string>> {
    const { held = [] } = (await this.#locks?.query().catch(() => undefined)) ?? {};
    const names = held.map(({ name = '' }) => name).filter((name) => name.startsWith(this.#prefix));
    return new Set([...this.#here.keys(), ...names.map((name) => name.slice(this.#prefix.length))]);
  }

  #hold(thing: string): () => void {
    let letGo = () => {};
    const until = new Promise<void>((resolve) => {
      letGo = resolve;
    });
    this.#locks?.request(this.#prefix + thing, { mode: 'shared' }, () => until).catch(() => {});
    return letGo;
  }
}

function watchFocus(): ReadonlySignal<boolean> {
  const focused = signal(document.hasFocus());
  const look = () => {
    focused.value = document.hasFocus();
  };
  for (const change of ['focus', 'blur']) addEventListener(change, look);
  document.addEventListener('visibilitychange', look);
  return focused;
}
