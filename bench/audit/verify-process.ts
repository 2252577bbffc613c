import { readFileSync } from 'node:fs';
import { verifyBundle } from '#audit/bundle/verify-bundle';

/** `node verify-process.js FILE` verifies it once, as the first that this process does, and tells the milliseconds. */
const text = readFileSync(process.argv[2] ?? '', 'utf8');
const start = performance.now();
verifyBundle(text);
process.stdout.write(`${performance.now() - start}\n`);
