/** The types of the wire, for everybody who shows or keeps what came over it. */
export type * from './generated.ts';
