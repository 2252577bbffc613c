import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import type { Plugin } from 'vite';

/** What gets smaller; fonts are compressed already. */
const TEXT = /\.(js|css|svg)$/;
/** Below it, a packet carries the whole file as it is. */
const SMALLEST_BYTES = 1024;

/** Beside each text of the site the same in Brotli and gzip, so that the API serves without compressing anything itself. */
export const compressed = (): Plugin => ({
  name: 'compressed',
  writeBundle({ dir }) {
    const folder = join(dir!, 'site');
    for (const name of readdirSync(folder).filter((file) => TEXT.test(file))) {
      const text = readFileSync(join(folder, name));
      if (text.length < SMALLEST_BYTES) continue;
      writeFileSync(join(folder, `${name}.br`), brotliCompressSync(text));
      writeFileSync(join(folder, `${name}.gz`), gzipSync(text, { level: 9 }));
    }
  },
});
