declare module 'virtual:catalogue' {
  import type { Messages } from './core/fluent.ts';

  /** A build has those that its pages need. */
  export const catalogues: Partial<
    Record<
      'agent' | 'customer' | 'widget' | 'later' | 'mail' | 'admin' | 'preview' | 'account',
      Record<string, () => Promise<{ default: Messages }>>
    >
  >;
}

/** What the library of TypeScript does not know yet. */
interface Window {
  trustedTypes?: {
    createPolicy(
      name: string,
      rules: { createScriptURL: (address: string) => string },
    ): {
      createScriptURL(address: string): string;
    };
  };
}

interface NotificationOptions {
  renotify?: boolean;
}

declare module 'lucide/dist/esm/icons/*.mjs' {
  const node: [tag: string, attributes: Record<string, string | number>][];
  export default node;
}
