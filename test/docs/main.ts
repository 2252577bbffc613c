/** `npm run -s docs` writes every generated document; `npm run -s docs -- --check` names the stale ones and exits 1. */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { generatedDocs, type GeneratedDoc } from './generated-docs';

const stands = async (
  { path, text }: GeneratedDoc,
  root: string,
): Promise<{ readonly path: string; readonly text: string; readonly stale: boolean }> => {
  const file = join(root, path);
  const wanted = await text();
  return { path, text: wanted, stale: !existsSync(file) || readFileSync(file, 'utf8') !== wanted };
};

const write = (root: string, path: string, text: string): void => {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), text);
  process.stderr.write(`wrote ${path}\n`);
};

const main = async (root: string, checking: boolean): Promise<void> => {
  const docs = await Promise.all(generatedDocs.map((doc) => stands(doc, root)));
  const stale = docs.filter((doc) => doc.stale);
  if (!checking) for (const { path, text } of stale) write(root, path, text);
  else if (stale.length > 0) {
    process.stderr.write(`stale, run \`npm run -s docs\`: ${stale.map(({ path }) => path).join(', ')}\n`);
    process.exitCode = 1;
  }
};

main(process.cwd(), process.argv.includes('--check')).catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
  process.exitCode = 1;
});
