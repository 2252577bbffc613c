import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Instant } from '#kernel/id';
import { lyon } from '#testing/network-facts';
import { rewritten, swapped } from '../erasure-races/mutants';
import type { Ports } from '../erasure-races/steps';
import type { Mutant } from '../runner/self-test';
import { rightly, type Altered, type ErasureHarness } from './harness';
import type { Population } from './population';

export interface ErasureMutant extends Mutant {
  readonly altered: Altered;
  readonly ports: (right: Ports) => Ports;
  /** Before anybody is erased. */
  readonly before: (harness: ErasureHarness) => Promise<void>;
  /** Once all are erased, something somewhere still has a text. */
  readonly leak: (harness: ErasureHarness, population: Population) => Promise<void>;
}

export const faultless: ErasureMutant = {
  ...{ bug: 'none', altered: rightly, ports: (right) => right },
  ...{ before: async () => undefined, leak: async () => undefined },
};

const started = (bug: string, altered: Partial<Altered>): ErasureMutant => ({ ...faultless, bug, altered: { ...rightly, ...altered } });
const ported = (bug: string, ports: ErasureMutant['ports']): ErasureMutant => ({ ...faultless, bug, ports });
const rewriting = (bug: string, instead: (statement: string) => string): ErasureMutant =>
  started(bug, { pool: (right) => rewritten(right, instead) });

const written = (as: string, encoded: (text: Buffer) => string | Buffer): ErasureMutant => ({
  ...faultless,
  bug: `a log of a program keeps a text as ${as}`,
  leak: ({ backups }, { marker }) => writeFile(join(backups, '..', 'program.log'), encoded(Buffer.from(`nom : ${marker} no 1`))),
});

const keyless = (right: Ports): Ports => ({ ...right, ledger: { ...right.ledger, scrub: async () => true } });

export const MUTANTS: readonly ErasureMutant[] = [
  started('an erasure is not entered in the ledger', {
    ledger: (right) => ({ ...right, enter: async (_, now): Promise<Instant> => now }),
    replays: false,
  }),
  started('a start does not read the ledger', { replays: false }),
  started('a start leaves the clear texts that came back', { keepsTexts: true }),
  rewriting('a start leaves the link to the person that came back', (statement) =>
    statement.startsWith('delete from keys.identity where') ? 'select $1::text, $2::text' : statement,
  ),
  started('a ledger that was cut short is taken', {
    ledger: (right) => ({ ...right, read: async () => (await right.read()) ?? [] }),
    pool: (right) => rewritten(right, (statement) => (statement.includes('as at from keys.erasure') ? `${statement} limit 0` : statement)),
  }),
  ported('what others wrote is forgotten', (right) => ({
    ...right,
    keyring: { ...right.keyring, eraseStreams: async () => 0, whileUnused: (_network, _streams, work) => work() },
  })),
  ported('another member goes, too', (right) => ({
    ...right,
    keyring: {
      ...right.keyring,
      eraseMember: async (network, member) => {
        for (const n of [0, 1, 2]) await right.keyring.eraseMember(network, member.replace(/^m\d+/, `m${n}`));
        return right.keyring.eraseMember(network, member);
      },
    },
  })),
  ported('the link to the person stays', (right) => ({ ...right, identities: { ...right.identities, forget: async () => undefined } })),
  ported('the files of the texts are not rewritten', (right) => ({ ...right, texts: { ...right.texts, scrub: async () => true } })),
  ported('the files of the keys are not rewritten', keyless),
  started('the checkpoint comes before the switch of the write-ahead log', { pool: (right) => rewritten(right, swapped) }),
  {
    ...faultless,
    bug: 'the server keeps samples of the keys',
    before: async ({ pool }) => void (await pool.query('alter table keys.data_key alter column wrapped set statistics 10000')),
  },
  {
    ...faultless,
    bug: 'a read model keeps a copy of a text',
    leak: async ({ pool }, { marker }) =>
      void (await pool.query(`create table if not exists read.kept as select $1::text as text, $2::text as network`, [
        `${marker} no 1`,
        lyon,
      ])),
  },
  written('UTF-16', (text) => Buffer.from(text.toString(), 'utf16le')),
  written('base64', (text) => `x${text.toString('base64')}`),
  written('hex', (text) => text.toString('hex')),
  written('escapes of URLs', (text) => [...text].map((byte) => `%${byte.toString(16).padStart(2, '0')}`).join('')),
];
