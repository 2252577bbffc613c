import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { runSource } from '#testing/processes/other-process';

/** Of `optimum-3`: where a round comes out otherwise, `solverVersion` is another. Held against each Node version and each machine that runs this. */
const BYTES = '51762fc9bc91f4717e4d89499b890079deb98242ee823f81904ee2deafdd0419';

const bytesIn = async (env: Readonly<Record<string, string>>): Promise<string> => {
  const script = join(process.cwd(), 'libs/matching/round-bytes.fixture.ts');
  const { stdout } = await promisify(execFile)(process.execPath, [...runSource(script)], { env: { ...process.env, ...env } });
  return stdout;
};

describe('A round in another process', () => {
  it.each([
    ['in English, in UTC', { LANG: 'en_US.UTF-8', LC_ALL: 'en_US.UTF-8', TZ: 'UTC' }],
    ['in Turkish, in the time zone farthest away', { LANG: 'tr_TR.UTF-8', LC_ALL: 'tr_TR.UTF-8', TZ: 'Pacific/Kiritimati' }],
  ])('comes to the same bytes %s (R18)', async (_, env) => expect(await bytesIn(env)).toBe(BYTES), 60_000);
});
