/// <reference types="vitest/config" />
import { resolve } from 'node:path';
import { defineConfig, type Plugin, type UserConfig } from 'vite';
import { catalogue } from './catalogue.ts';

const here = import.meta.dirname;
const locales = resolve(here, '../locales');

// Without it Vite rewrites `light-dark()` into helper variables, a third more CSS.
const cssTarget = ['chrome123', 'safari17.5', 'firefox120'];

/**
 * Three builds write `dist/`: the pages of those who sign in (`vite build`), those of visitors (`--mode visitor`),
 * apart so that they carry nothing for anybody else, and `loader.js` (`--mode loader`), which is a classic script
 * under a fixed name because it stands in other people's pages.
 */
export default defineConfig(({ mode }) => (mode === 'loader' ? loader : mode === 'visitor' ? visitor : signedIn));

const pages: UserConfig = {
  root: here,
  base: '/',
  appType: 'mpa',
  publicDir: false,
  plugins: [catalogue(locales)],
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
  build: {
    outDir: 'dist',
    target: 'es2022',
    cssTarget,
    // A data: URL would need a hole in the content security policy.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
  },
  test: {
    environment: 'happy-dom',
    // Else one core less than there are.
    maxWorkers: '100%',
    // Styles that are linked are taken for loaded.
    environmentOptions: {
      happyDOM: { settings: { disableCSSFileLoading: true, handleDisabledFileLoadingAsSuccess: true } },
    },
    css: { include: /pieces\.css/ },
    include: ['**/*.test.{ts,tsx}'],
    exclude: ['node_modules', 'dist', 'e2e'],
  },
};

const output = {
  chunkFileNames: (chunk: { facadeModuleId: string | null }) =>
    `assets/${chunkName(chunk.facadeModuleId) ?? '[name]'}-[hash].js`,
};

const layers = '@layer tokens, reset, base, components;';

/** Layers have the order in which they are first named, and a page's style sheets come in any order: each begins with all names. */
const layersInOrder: Plugin = {
  name: 'layers-in-order',
  generateBundle(_, bundle) {
    for (const file of Object.values(bundle)) {
      if (file.type === 'asset' && file.fileName.endsWith('.css')) file.source = layers + String(file.source);
    }
  },
};

const signedIn: UserConfig = {
  ...pages,
  plugins: [...(pages.plugins ?? []), layersInOrder],
  build: {
    ...pages.build,
    emptyOutDir: true,
    rolldownOptions: {
      input: {
        agent: resolve(here, 'agent/index.html'),
        customer: resolve(here, 'customer/index.html'),
        mail: resolve(here, 'mail/index.html'),
        preview: resolve(here, 'preview/index.html'),
        'preview-frame': resolve(here, 'preview/frame.html'),
        worker: resolve(here, 'worker/worker.ts'),
      },
      output: {
        ...output,
        // Browsers know a service worker by its address. It imports nothing, so it is a classic script as it is.
        entryFileNames: ({ name }) => (name === 'worker' ? 'worker.js' : 'assets/[name]-[hash].js'),
      },
    },
  },
};

const agentsOnly = [
  ...['composer-note', 'composer-audience', 'composer-choice', 'composer-choice-note', 'message-note'],
  ...['avatar-small', 'presence-away', 'presence-unavailable', 'button-danger', 'notice-accent', 'toasts', 'num'],
  ...['--rail', '--rail-ink', '--rail-hover', '--rail-active', '--note', '--note-ink', '--note-edge', '--veil'],
  ...['--lamp-ink', '--on-lamp', '--danger-soft', '--mono', '--text-xl', '--text-2xl', '--shadow-1'],
  ...['--z-bar', '--z-dock', '--z-sheet', '--z-notice'],
];

const visitor: UserConfig = {
  ...pages,
  publicDir: false,
  plugins: [catalogue(locales, ['widget', 'later']), plainImports()],
  // What only agents see of the components that visitors have too.
  css: { lightningcss: { unusedSymbols: agentsOnly } },
  build: {
    ...pages.build,
    emptyOutDir: false,
    rolldownOptions: {
      input: { chat: resolve(here, 'chat/index.html'), panel: resolve(here, 'widget/frame.html') },
      // All that both pages begin with is one file, also what a piece fetched later uses of it: two compress worse.
      output: { ...output, codeSplitting: { groups: [{ name: 'panel', minShareCount: 2 }] } },
    },
  },
};

const loader: UserConfig = {
  root: here,
  publicDir: false,
  build: {
    outDir: 'dist',
    emptyOutDir: false,
    target: 'es2020',
    cssTarget,
    reportCompressedSize: false,
    lib: { entry: 'widget/loader.ts', formats: ['iife'], name: 'deskbell', fileName: () => 'loader.js' },
  },
};

/** Catalogue chunks are found by name when sizes are summed up: `catalogue-agent-de`. */
function chunkName(module: string | null | undefined): string | undefined {
  return module?.startsWith('\0virtual:catalogue/') ? module.slice(9).replaceAll('/', '-') : undefined;
}

/** What a visitor's page loads later brings its styles itself (`widget/pieces.tsx`), so Vite's helper that waits for them is dead weight. */
function plainImports(): Plugin {
  return {
    name: 'plain-imports',
    enforce: 'pre',
    load: (id) => (id === '\0vite/preload-helper.js' ? 'export const __vitePreload = (load) => load();' : null),
  };
}
