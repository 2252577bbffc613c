import { appendFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Instant } from '#kernel/id';
import { KeysProblem } from './keys-problem';
import { ledgerFile } from './ledger-file';
import { BrokenLedger, checkLedger } from './ledger-lines';
import { ledgerSigner } from './ledger-signature';

const masterKey = Buffer.alloc(32, 7);
const signer = ledgerSigner(masterKey);
const at = (second: number): Instant => new Date(Date.UTC(2026, 2, 2, 9, 0, second)).toISOString() as Instant;
const member = (name: string) => ({ network: 'lyon', member: name, stream: null });

describe('the erasure ledger as a file (R19)', () => {
  let folder: string;
  let path: string;
  const ledger = (by = signer) => ledgerFile(path, by);
  const text = (): string => readFileSync(path, 'utf8');
  const written = async (): Promise<void> => {
    await ledger().begin();
    await ledger().enter([member('ana')], at(1));
    await ledger().enter([{ network: 'lyon', member: null, stream: 'exchange-1' }, member('bo')], at(2));
  };
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'savoirs-ledger-'));
    path = join(folder, 'elsewhere', 'erasures');
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  it('has each erasure in the order in which it was entered, for its owner’s eyes alone', async () => {
    expect(await ledger().read()).toBeNull();
    await written();
    expect(await ledger().read()).toEqual([
      { ...member('ana'), at: at(1) },
      { network: 'lyon', member: null, stream: 'exchange-1', at: at(2) },
      { ...member('bo'), at: at(2) },
    ]);
    expect(statSync(path).mode & 0o077).toBe(0);
  });

  it('gives what comes later a later moment, though a clock be behind', async () => {
    await written();
    expect(await ledger().enter([member('cleo')], at(0))).toBe('2026-03-02T09:00:02.001Z');
    expect(await ledger().enter([member('dia')], at(3))).toBe(at(3));
  });

  it('tells any one byte that is another', async () => {
    await written();
    const whole = readFileSync(path);
    for (let place = 0; place < whole.length - 1; place += 1) {
      const altered = Buffer.from(whole);
      altered[place]! ^= 1;
      expect(() => checkLedger(altered.toString('utf8'), signer)).toThrow(BrokenLedger);
    }
  });

  it.each<[string, (lines: readonly string[]) => readonly string[]]>([
    ['a line less in its midst', ([head, , ...rest]) => [head!, ...rest]],
    ['two lines exchanged', ([head, one, two, ...rest]) => [head!, two!, one!, ...rest]],
    ['a line twice', ([head, one, ...rest]) => [head!, one!, one!, ...rest]],
    ['no first line', ([, ...rest]) => rest],
  ])('is refused with %s, by a sentence and code 65', async (_, change) => {
    await written();
    const lines = text().trimEnd().split('\n');
    writeFileSync(path, `${change(lines).join('\n')}\n`);
    const refused = await ledger()
      .read()
      .catch((fault: unknown) => fault);
    expect(refused).toBeInstanceOf(KeysProblem);
    expect(refused).toMatchObject({ exitCode: 65, message: expect.stringContaining('is not as it was written, from line ') });
  });

  it('is refused where it is another installation’s, and where it is another file', async () => {
    await written();
    const other = ledgerSigner(Buffer.alloc(32, 8));
    await expect(ledger(other).read()).rejects.toMatchObject({ exitCode: 78, message: expect.stringContaining('another installation’s') });
    writeFileSync(path, 'hello\n');
    await expect(ledger().read()).rejects.toMatchObject({ exitCode: 65 });
  });

  it('goes on after a line that was cut off while it was written: nobody was told that it stood there', async () => {
    await written();
    const whole = text();
    appendFileSync(path, whole.split('\n')[1]!.slice(0, 40));
    expect(await ledger().read()).toHaveLength(3);
    await ledger().enter([member('cleo')], at(4));
    expect((await ledger().read())?.map((entry) => entry.member)).toEqual(['ana', null, 'bo', 'cleo']);
    expect(text().startsWith(whole)).toBe(true);
  });

  it('says why an erasure cannot be entered: missing, altered, or not to be written', async () => {
    const why = async (): Promise<unknown> =>
      ledger()
        .enter([member('ana')], at(1))
        .catch((fault: unknown) => fault);
    expect(await why()).toMatchObject({
      name: 'ErasureNotEntered',
      why: expect.stringMatching(/^There is no erasure ledger at .*savoirs data erasures/),
    });
    await written();
    appendFileSync(path, 'hello\n');
    expect(await why()).toMatchObject({
      name: 'ErasureNotEntered',
      why: expect.stringContaining('is not as it was written, from line 5 on'),
    });
    rmSync(path);
    mkdirSync(path);
    expect(await why()).toMatchObject({ name: 'ErasureNotEntered', why: expect.stringContaining('EISDIR') });
  });
});
