import { chmodSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { KeysProblem } from './keys-problem';
import { loadMasterKey } from './master-key';

let folder: string;
let warnings: string[];
const load = (env: Record<string, string> = {}) => loadMasterKey({ env, folder, warn: (sentence) => warnings.push(sentence) });

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'savoirs-master-key-'));
  warnings = [];
});
afterEach(() => rmSync(folder, { recursive: true }));

describe('the master key', () => {
  it('comes from SAVOIRS_MASTER_KEY, without a warning', () => {
    const key = Buffer.alloc(32, 7);
    expect([load({ SAVOIRS_MASTER_KEY: key.toString('base64'), NODE_ENV: 'production' }), warnings]).toEqual([key, []]);
  });

  it.each(['secret', Buffer.alloc(31).toString('base64'), `${Buffer.alloc(32).toString('base64')}=`, 'é'.repeat(32)])(
    'is refused with one sentence where it is not 32 bytes in base64, and not repeated: %#',
    (given) => {
      expect(() => load({ SAVOIRS_MASTER_KEY: given })).toThrow(/^SAVOIRS_MASTER_KEY is not 32 bytes in base64: [^.]+\.$/);
    },
  );

  it.each([{}, { SAVOIRS_MASTER_KEY: '' }])('is not made up in production', (env) => {
    expect(() => load({ ...env, NODE_ENV: 'production' })).toThrow(KeysProblem);
  });

  it('is made once in the data folder in development, for its owner alone, with a warning', () => {
    const made = load();
    expect([made.length, load(), warnings.length]).toEqual([32, made, 2]);
    expect(statSync(join(folder, 'master-key')).mode & 0o777).toBe(0o600);
    expect(warnings.join()).not.toContain(readFileSync(join(folder, 'master-key'), 'utf8').trim());
  });

  it('is refused where other accounts can read its file', () => {
    load();
    chmodSync(join(folder, 'master-key'), 0o644);
    expect(() => load()).toThrow(/can be read by other accounts/);
  });

  it('is refused where its file is damaged', () => {
    writeFileSync(join(folder, 'master-key'), 'half', { mode: 0o600 });
    expect(() => load()).toThrow(/is not 32 bytes in base64/);
  });
});
