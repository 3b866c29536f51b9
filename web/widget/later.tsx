import { signal } from '@preact/signals';
import type { ComponentProps, FunctionComponent, VNode } from 'preact';

type Pieces = typeof import('./pieces.tsx');
type PieceName = Exclude<keyof Pieces, 'words'>;

const RETRY_MS = 3_000;
const pieces = signal<Pieces | undefined>(undefined);
let asked = false;

/** A piece that few visitors come to see. It is fetched when it is first shown; until it is here `otherwise` stands there. */
export function later<N extends PieceName>(
  name: N,
): FunctionComponent<ComponentProps<Pieces[N]> & { otherwise?: VNode }> {
  return (props) => {
    const Piece = pieces.value?.[name] as FunctionComponent<object> | undefined;
    prepare();
    return Piece ? <Piece {...props} /> : (props.otherwise ?? null);
  };
}

/** Fetches the pieces before somebody waits for one. */
export function prepare(): void {
  if (!asked) void ask();
}

async function ask(): Promise<void> {
  asked = true;
  try {
    const came = await import('./pieces.tsx');
    await came.words();
    pieces.value = came;
  } catch {
    setTimeout(ask, RETRY_MS);
  }
}
