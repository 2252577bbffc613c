import { copyFileSync, cpSync, readdirSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Chance } from '#apps/demo/seeded-random';

/** A copy of a backup in which one file is not as it was written. Answers what was done to it. */
export const spoiledCopy = (
  { folder, keysFile }: { readonly folder: string; readonly keysFile: string | null },
  to: string,
  chance: Chance,
): string => {
  cpSync(folder, to, { recursive: true });
  if (keysFile !== null) copyFileSync(keysFile, `${to}.keys`);
  const name = chance.of([...readdirSync(to), ...(keysFile === null ? [] : ['(keys)'])]);
  const path = name === '(keys)' ? `${to}.keys` : join(to, name);
  const bytes = readFileSync(path);
  const at = chance.whole(0, bytes.length - 1);
  const ways: readonly (readonly [string, () => void])[] = [
    [`bit of byte ${at}`, () => writeFileSync(path, bytes.with(at, bytes[at]! ^ (1 << chance.whole(0, 7))))],
    [`cut at byte ${at}`, () => truncateSync(path, at)],
    ['gone', () => rmSync(path)],
    ['a byte more', () => writeFileSync(path, Buffer.concat([bytes, Buffer.of(10)]))],
  ];
  const [way, spoil] = chance.of(ways);
  spoil();
  return `${name}: ${way}`;
};
