import { signal } from '@preact/signals';
import type { ComponentProps, FunctionComponent, VNode } from 'preact';

type Pieces = typeof import('./pieces.tsx');
type PieceName = Exclude<keyof Pieces, 'words' | 'identify'>;

const RETRY_MS = 3_000;
const pieces = signal<Pieces | undefined>(undefined);
let coming: Promise<Pieces> | undefined;

/** A piece that few visitors come to see. It is fetched when it is first shown; until it is here `otherwise` stands there. */
export function later<N extends PieceName>(
  name: N,
): FunctionComponent<ComponentProps<Pieces[N]> & { otherwise?: VNode }> {
  return (props) => {
    const Piece = pieces.value?.[name] as FunctionComponent<object> | undefined;
    void prepare();
    return Piece ? <Piece {...props} /> : (props.otherwise ?? null);
  };
}

/** Comes as the visitor whom the page proves to be here. */
export async function identify(...of: Parameters<Pieces['identify']>): Promise<void> {
  (await prepare()).identify(...of);
}

/** Fetches the pieces before somebody waits for one. */
export function prepare(): Promise<Pieces> {
  coming ??= fetchPieces();
  return coming;
}

async function fetchPieces(): Promise<Pieces> {
  try {
    const came = await import('./pieces.tsx');
    await came.words();
    pieces.value = came;
    return came;
  } catch {
    await new Promise((later) => setTimeout(later, RETRY_MS));
    return fetchPieces();
  }
}
