import { KeysProblem } from '#keys/keys-problem';
import { lyon } from '#testing/network-facts';
import { readFile, writeFile } from 'node:fs/promises';
import type { PersonalText } from '#event-store/codec.port';
import type { Finding } from '../runner/schedules';
import { bytesAs, encodingsOf, filesWith, type Needles } from './byte-search';
import type { Altered, ErasureHarness, ErasureProcess } from './harness';
import { subjectOf, textsAfter, type Population } from './population';

/** `readable`: what must go is there; `lost`: what must stay is not; `accepted`: a ledger that was cut short; `blind`: nothing was found before. */
export const COUNTS = ['readable', 'lost', 'stuck', 'accepted', 'blind'] as const;
export type Count = (typeof COUNTS)[number];
type Found = readonly Finding<Count>[];

const keyOf = ({ ref, text }: { readonly ref: string; readonly text: string }): string => `${ref} ${text}`;
const keysOf = (texts: readonly { readonly ref: string; readonly text: string }[]): ReadonlySet<string> => new Set(texts.map(keyOf));

const found = (count: Count, what: readonly string[]): Found => what.map((one) => ({ count, what: one }));

const nameOf = ({ seed }: Population, what: string): string => `seed ${seed}: ${what}`;

const needlesOf = (populations: readonly Population[]): Needles =>
  new Map(
    populations.flatMap((population) => [
      ...[...encodingsOf(population.marker)].map(([name, needle]) => [nameOf(population, `a text in ${name}`), needle] as const),
      ...population.wrapped.flatMap((key, n) =>
        [...bytesAs(key)].map(([name, needle]) => [nameOf(population, `key ${n} in ${name}`), needle] as const),
      ),
    ]),
  );

/** Before anything is erased, a text and a key of each are found: a search that finds nothing anyway would prove nothing. */
export const lookBefore = async ({ folders }: ErasureHarness, populations: readonly Population[]): Promise<Found> => {
  const there = await filesWith(folders, needlesOf(populations));
  const sought = populations.flatMap((population) => ['a text in UTF-8', 'key 0 in bytes'].map((what) => nameOf(population, what)));
  return sought.flatMap((what) =>
    there.some((one) => one.startsWith(`${what} in `)) ? [] : found('blind', [`${what} was nowhere before the erasure`]),
  );
};

/** Every byte of every file that anybody wrote. */
export const lookInFiles = async ({ folders }: ErasureHarness, populations: readonly Population[]): Promise<Found> =>
  found('readable', await filesWith(folders, needlesOf(populations)));

/** What a process reads of the log, what lies among the clear texts, and whom the register knows. */
export const lookThrough = async (
  harness: ErasureHarness,
  { codec, keys }: ErasureProcess,
  populations: readonly Population[],
): Promise<Found> => {
  const inLog = keysOf(await textsAfter(harness, codec, populations[0]!.after));
  const { rows } = await harness.pool.query<{ ref: string; text: string }>('select ref, text from read.personal_text');
  const places = [['the log', inLog] as const, ['the clear texts', keysOf(rows)] as const];
  const findings: Finding<Count>[] = [];
  for (const population of populations) {
    const { gone, stay, members, erased } = population;
    const told = (text: PersonalText, place: string): string => nameOf(population, `${text.type} ${text.path} in ${place}`);
    for (const [place, texts] of places) {
      findings.push(
        ...found(
          'readable',
          gone.filter((text) => texts.has(keyOf(text))).map((text) => told(text, place)),
        ),
      );
      findings.push(
        ...found(
          'lost',
          stay.filter((text) => !texts.has(keyOf(text))).map((text) => told(text, place)),
        ),
      );
    }
    for (const member of members) {
      const isLinked = (await keys.find(lyon, subjectOf(member))) === member;
      if (isLinked === erased.includes(member))
        findings.push({ count: isLinked ? 'readable' : 'lost', what: nameOf(population, 'the link to a person') });
    }
  }
  return findings;
};

/** A start with a ledger that lacks its last line: refused, or the keys could come back unseen. */
export const lookAtCutLedger = async (harness: ErasureHarness, altered: Altered): Promise<Found> => {
  const whole = await readFile(harness.ledgerPath, 'utf8');
  await writeFile(harness.ledgerPath, whole.slice(0, whole.trimEnd().lastIndexOf('\n') + 1));
  try {
    await harness.start(altered);
    return found('accepted', ['a start with a ledger that was cut short']);
  } catch (fault) {
    if (!(fault instanceof KeysProblem) || fault.exitCode !== 65) throw fault;
    return [];
  } finally {
    await writeFile(harness.ledgerPath, whole);
  }
};
