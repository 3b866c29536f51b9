declare module 'virtual:catalogue' {
  import type { Messages } from './core/fluent.ts';

  /** A build has those that its pages need. */
  export const catalogues: Partial<
    Record<'agent' | 'customer' | 'widget', Record<string, () => Promise<{ default: Messages }>>>
  >;
}

declare module 'lucide/dist/esm/icons/*.mjs' {
  const node: [tag: string, attributes: Record<string, string | number>][];
  export default node;
}
