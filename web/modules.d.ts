declare module 'virtual:catalogue' {
  import type { FluentResource } from '@fluent/bundle';

  type Messages = FluentResource['body'];
  export const catalogues: Record<
    'agent' | 'customer' | 'widget',
    Record<string, () => Promise<{ default: Messages }>>
  >;
}

declare module 'lucide/dist/esm/icons/*.mjs' {
  const node: [tag: string, attributes: Record<string, string | number>][];
  export default node;
}
