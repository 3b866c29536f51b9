/** A place for small texts that may not exist: a frame on a foreign page often has no storage at all. */
export interface Shelf {
  get(name: string): string | undefined;
  /** `undefined` removes it. */
  put(name: string, text: string | undefined): void;
}

/** Lasts as long as the page. */
export function memoryShelf(): Shelf {
  const kept = new Map<string, string>();
  return {
    get: (name) => kept.get(name),
    put: (name, text) => (text === undefined ? kept.delete(name) : kept.set(name, text)),
  };
}

/** The tab's or the browser's storage under `deskbell:`, or the page's memory where there is none or it is full. */
export function browserShelf(kind: 'tab' | 'browser'): Shelf {
  const memory = memoryShelf();
  const storage = storageOf(kind);
  if (storage === undefined) return memory;
  return {
    get: (name) => memory.get(name) ?? storage.getItem(`deskbell:${name}`) ?? undefined,
    put(name, text) {
      memory.put(name, undefined);
      try {
        if (text === undefined) storage.removeItem(`deskbell:${name}`);
        else storage.setItem(`deskbell:${name}`, text);
      } catch {
        memory.put(name, text);
      }
    },
  };
}

/** Whether the browser gives this page any storage. */
export function hasStorage(): boolean {
  return storageOf('tab') !== undefined;
}

function storageOf(kind: 'tab' | 'browser'): Storage | undefined {
  try {
    return kind === 'tab' ? sessionStorage : localStorage;
  } catch {
    return undefined; // SecurityError: third-party storage is blocked
  }
}
