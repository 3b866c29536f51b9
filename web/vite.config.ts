/// <reference types="vitest/config" />
import { resolve } from 'node:path';
import { defineConfig, type UserConfig } from 'vite';
import { catalogue } from './catalogue.ts';

const here = import.meta.dirname;

// Without it Vite rewrites `light-dark()` into helper variables, a third more CSS.
const cssTarget = ['chrome123', 'safari17.5', 'firefox120'];

/**
 * Two builds write `dist/`: the pages (`vite build`), then `loader.js` (`--mode loader`), which is a classic
 * script under a fixed name because it stands in other people's pages.
 */
export default defineConfig(({ mode }) => (mode === 'loader' ? loader : pages));

const pages: UserConfig = {
  root: here,
  base: '/',
  appType: 'mpa',
  publicDir: resolve(here, 'static'),
  plugins: [catalogue(resolve(here, '../locales'))],
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
  build: {
    outDir: 'dist',
    emptyOutDir: true,
    target: 'es2022',
    cssTarget,
    // A data: URL would need a hole in the content security policy.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
    rolldownOptions: {
      input: {
        agent: resolve(here, 'agent/index.html'),
        customer: resolve(here, 'customer/index.html'),
        chat: resolve(here, 'chat/index.html'),
        panel: resolve(here, 'widget/frame.html'),
      },
      output: { chunkFileNames: (chunk) => `assets/${chunkName(chunk.facadeModuleId) ?? '[name]'}-[hash].js` },
    },
  },
  test: {
    environment: 'happy-dom',
    include: ['**/*.test.{ts,tsx}'],
    exclude: ['node_modules', 'dist', 'e2e'],
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
