// Writes `.br` and `.gz` beside every text file of dist/, so that the server only has to pick one.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';

const dist = join(import.meta.dirname, 'dist');
for (const name of readdirSync(dist, { recursive: true })) {
  if (!/\.(html|js|css|svg|json|txt|webmanifest)$/.test(name)) continue;
  const file = join(dist, name);
  const text = readFileSync(file);
  writeFileSync(`${file}.br`, brotliCompressSync(text, { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } }));
  writeFileSync(`${file}.gz`, gzipSync(text, { level: 9 }));
}
