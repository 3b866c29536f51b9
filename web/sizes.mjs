// Sums up what each entry loads first (HTML, scripts, styles and its largest catalogue; fonts apart), gzipped,
// and holds it against its budget. Prints a table, writes target/proof/budgets.json, exits 1 beyond a budget.
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';

const started = performance.now();
const dist = join(import.meta.dirname, 'dist');
const proof = process.env.DESKBELL_PROOF_DIR ?? join(import.meta.dirname, '../target/proof');

const entries = [
  { name: 'loader', budget_bytes: 3 * 1024, files: ['loader.js'] },
  { name: 'panel', budget_bytes: 30 * 1024, files: [...page('widget/frame.html'), catalogue('widget')] },
  { name: 'agent', budget_bytes: 120 * 1024, files: [...page('agent/index.html'), catalogue('agent')] },
].map((entry) => ({ ...entry, gzip_bytes: entry.files.reduce((sum, file) => sum + gzipped(file), 0) }));

for (const { name, gzip_bytes, budget_bytes } of entries) {
  const verdict = gzip_bytes <= budget_bytes ? 'ok' : 'TOO BIG';
  console.log(`${name.padEnd(8)} ${kb(gzip_bytes)} of ${kb(budget_bytes)} KB  ${verdict}`);
}

const violations = entries.filter(({ gzip_bytes, budget_bytes }) => gzip_bytes > budget_bytes).length;
mkdirSync(proof, { recursive: true });
writeFileSync(
  join(proof, 'budgets.json'),
  `${JSON.stringify({
    lane: 'budgets',
    ran: true,
    skipped: null,
    cases: entries.length,
    violations,
    seconds: Math.round(performance.now() - started) / 1000,
    figures: Object.fromEntries(entries.map((entry) => [`${entry.name}_gzip_bytes`, entry.gzip_bytes])),
  })}\n`,
);
process.exit(violations > 0 ? 1 : 0);

/** The page itself and everything it names: Vite lists the static imports of its entry as modulepreload. */
function page(path) {
  const named = readFileSync(join(dist, path), 'utf8').matchAll(/(?:src|href)="\/([^"]+\.(?:js|css))"/g);
  return [path, ...new Set([...named].map((match) => match[1]))];
}

function catalogue(surface) {
  const all = readdirSync(join(dist, 'assets')).filter(
    (name) => name.startsWith(`catalogue-${surface}-`) && name.endsWith('.js'),
  );
  if (all.length === 0) throw new Error(`No catalogue of ${surface} in dist/assets: run the build first`);
  return all.map((name) => `assets/${name}`).reduce((most, file) => (gzipped(file) > gzipped(most) ? file : most));
}

function gzipped(file) {
  return gzipSync(readFileSync(join(dist, file)), { level: 9 }).length;
}

function kb(bytes) {
  return (bytes / 1024).toFixed(1).padStart(6);
}
