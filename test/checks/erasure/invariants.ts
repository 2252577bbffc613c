import { KeysProblem } from '#keys/keys-problem';
import { lyon } from '#testing/network-facts';
import { readFile, writeFile } from 'node:fs/promises';
import type { Finding } from '../runner/schedules';
import { bytesAs, encodingsOf, filesWith, type Needles } from './byte-search';
import type { Altered, ErasureHarness, ErasureProcess } from './harness';
import { subjectOf, textsAfter, type Population } from './population';

/** `readable`: what must go is there; `lost`: what must stay is not; `accepted`: a ledger that was cut short; `blind`: nothing was found before. */
export const COUNTS = ['readable', 'lost', 'stuck', 'accepted', 'blind'] as const;
export type Count = (typeof COUNTS)[number];
type Found = readonly Finding<Count>[];

const found = (count: Count, what: readonly string[]): Found => what.map((one) => ({ count, what: one }));

const needlesOf = ({ marker, wrapped }: Population): Needles =>
  new Map([
    ...[...encodingsOf(marker)].map(([name, needle]) => [`a text in ${name}`, needle] as const),
    ...wrapped.flatMap((key, n) => [...bytesAs(key)].map(([name, needle]) => [`key ${n} in ${name}`, needle] as const)),
  ]);

/** Before anything is erased, a text and a key are found: a search that finds nothing anyway would prove nothing. */
export const lookBefore = async ({ folders }: ErasureHarness, population: Population): Promise<Found> => {
  const there = await filesWith(folders, needlesOf(population));
  return ['a text in UTF-8', 'key 0 in bytes'].flatMap((what) =>
    there.some((one) => one.startsWith(what)) ? [] : found('blind', [`${what} was nowhere before the erasure`]),
  );
};

/** Every byte of every file that anybody wrote. */
export const lookInFiles = async ({ folders }: ErasureHarness, population: Population): Promise<Found> =>
  found('readable', await filesWith(folders, needlesOf(population)));

/** What a process reads of the log, what lies among the clear texts, and whom the register knows. */
export const lookThrough = async (harness: ErasureHarness, { codec, keys }: ErasureProcess, population: Population): Promise<Found> => {
  const { gone, stay, after, members, erased } = population;
  const inLog = new Set((await textsAfter(harness, codec, after)).map(({ ref, text }) => `${ref} ${text}`));
  const refs = [...gone, ...stay].map(({ ref }) => ref);
  const { rows } = await harness.pool.query<{ ref: string; text: string }>('select ref, text from read.personal_text where ref = any($1)', [
    refs,
  ]);
  const inTable = new Set(rows.map(({ ref, text }) => `${ref} ${text}`));
  const places = [['the log', inLog] as const, ['the clear texts', inTable] as const];
  const findings = places.flatMap(([place, texts]) => [
    ...found(
      'readable',
      gone.filter(({ ref, text }) => texts.has(`${ref} ${text}`)).map(({ type, path }) => `${type} ${path} in ${place}`),
    ),
    ...found(
      'lost',
      stay.filter(({ ref, text }) => !texts.has(`${ref} ${text}`)).map(({ type, path }) => `${type} ${path} in ${place}`),
    ),
  ]);
  for (const member of members) {
    const isLinked = (await keys.find(lyon, subjectOf(member))) === member;
    if (isLinked === erased.includes(member)) findings.push({ count: isLinked ? 'readable' : 'lost', what: 'the link to a person' });
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
