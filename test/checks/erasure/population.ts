import { seededRandom } from '#apps/demo/seeded-random';
import type { ExchangeId, MemberId } from '#domain/ids';
import { createCodec } from '#event-store/codec/codec';
import type { Codec, PersonalText } from '#event-store/codec.port';
import type { Position, StoredEvent } from '#event-store/log.port';
import { profile } from '#testing/content';
import { everyPersonalText } from '#testing/every-personal-text';
import { writeComment, writeEvent, writeExchange, type Writing } from '#testing/histories/exchange-on-log';
import { lyon } from '#testing/network-facts';
import { pam } from '#testing/people';
import { eventsAfter } from '../runner/differences';
import { STEPS } from '../erasure-races/schedule';
import type { ErasureHarness, ErasureProcess } from './harness';

/** Where a process that erases is killed once: around a step, or around the line in the ledger. */
export type KilledAt = { readonly step: (typeof STEPS)[number] | 'enter'; readonly when: 'before' | 'after' };

/** Everything that is drawn for one population; the same seed draws the same. */
export interface Drawn {
  readonly seed: number;
  readonly members: readonly MemberId[];
  readonly erased: readonly MemberId[];
  /** Letters that every text has which must go, and no other one. */
  readonly marker: string;
  readonly kill: KilledAt | null;
}

/** Kills go through every step as seeds go up; the rest is drawn. */
export const drawnOf = (seed: number): Drawn => {
  const chance = seededRandom(seed, 'erasure');
  const members = Array.from({ length: chance.whole(4, 8) }, (_, n) => `m${n}-${seed}` as MemberId);
  const steps = [...STEPS, 'enter'] as const;
  return {
    seed,
    members,
    erased: chance.shuffled(members).slice(0, chance.whole(1, 2)),
    marker: Array.from({ length: 14 }, () => chance.of([...'abcdefghijklmnopqrstuvwxyz'])).join(''),
    kill: chance.yes(0.8) ? { step: steps[seed % steps.length]!, when: chance.yes(0.5) ? 'before' : 'after' } : null,
  };
};

export const describePopulation = ({ seed, members, erased, kill }: Drawn): string =>
  `seed ${seed}: ${erased.length} of ${members.length} members erased${kill ? `, killed ${kill.when} ${kill.step}` : ''}`;

/** A population as it was written, before anybody is erased. */
export interface Population extends Drawn {
  readonly after: Position;
  /** What must go, and what must stay, as the log has it. */
  readonly gone: readonly PersonalText[];
  readonly stay: readonly PersonalText[];
  /** Of those who are erased, as they lie in the table. */
  readonly wrapped: readonly Buffer[];
}

export const subjectOf = (member: MemberId): string => `subject of ${member}`;

/** Every member with a text in each personal field of each event and version; exchanges, in which others write of them. */
export const populate = async (harness: ErasureHarness, process: ErasureProcess, drawn: Drawn): Promise<Population> => {
  const { log } = harness;
  const after = await log.head();
  for (const member of drawn.members) {
    await process.keys.register(lyon, subjectOf(member), member);
    await writeMember(harness, process, { member, mark: drawn.erased.includes(member) ? drawn.marker : 'zzz' });
  }
  const exchanges = await writeExchanges(harness, process, drawn);
  const texts = await textsAfter(harness, process.codec, after);
  const isGone = ({ owner, stream }: PersonalText): boolean =>
    drawn.erased.some((member) => member === owner) || exchanges.some((exchangeId) => stream === `exchange-${exchangeId}`);
  return {
    ...drawn,
    after,
    gone: texts.filter(isGone),
    stay: texts.filter((text) => !isGone(text)),
    wrapped: await wrappedOf(harness, drawn),
  };
};

const writingOf = ({ log, clock }: ErasureHarness, { codec }: ErasureProcess): Writing => ({ log, codec, network: lyon, at: clock.now() });

const writeMember = async (
  harness: ErasureHarness,
  process: ErasureProcess,
  { member, mark }: { member: MemberId; mark: string },
): Promise<void> => {
  let count = 0;
  const textOf = (): string => `${mark} no ${(count += 1)}`;
  await writeEvent(writingOf(harness, process), 'MembershipRequested', {
    ...{ stream: `member-${member}`, by: member },
    data: { memberId: member, profile: profile({ name: textOf() }), entry: 'self', offers: [], requests: [], confirmBy: null },
  });
  for (const { decided, schemas } of everyPersonalText({ network: lyon, member, textOf }))
    await harness.log.append(decided.meta.stream, 'any', [await createCodec(process.keys, schemas).encode(decided)]);
};

/** Each erased member gave to the next one, who wrote of them; two others have an exchange of their own. Answers whose texts must go. */
const writeExchanges = async (harness: ErasureHarness, process: ErasureProcess, drawn: Drawn): Promise<readonly ExchangeId[]> => {
  const { members, erased, marker, seed } = drawn;
  const writing = writingOf(harness, process);
  const others = members.filter((member) => !erased.includes(member));
  const written: ExchangeId[] = [];
  for (const [n, giver] of [...erased, others[0]!].entries()) {
    const exchangeId = `x${n}-${seed}` as ExchangeId;
    const learner = others.find((member) => member !== giver)!;
    await writeExchange(writing, { exchangeId, giver, learners: [learner] });
    const isGone = erased.includes(giver);
    await writeComment(writing, exchangeId, { by: learner, text: `${isGone ? marker : 'zzz'} vu par un autre` });
    if (isGone) written.push(exchangeId);
  }
  for (const member of erased) {
    const stream = `member-${member}`;
    await writeEvent(writing, 'ErasureRequested', { stream, by: member, data: { memberId: member, by: member } });
    await writeEvent(writing, 'ErasureApproved', { stream, by: pam, data: { memberId: member, by: pam } });
  }
  return written;
};

/** The keys of each, and of some of their streams: each is looked for in every byte. */
const wrappedOf = async ({ pool }: ErasureHarness, { erased }: Drawn): Promise<readonly Buffer[]> => {
  const { rows } = await pool.query<{ wrapped: Buffer }>(
    `select wrapped from (select wrapped, row_number() over (partition by member order by stream nulls first) as n
     from keys.data_key where member = any($1)) k where n <= 3`,
    [erased],
  );
  return rows.map(({ wrapped }) => wrapped);
};

/** What can be read of the log since then. */
export const textsAfter = async (harness: ErasureHarness, codec: Codec, after: Position): Promise<readonly PersonalText[]> => {
  const events = await eventsAfter(harness, after);
  return (await Promise.all(events.map((event: StoredEvent) => codec.personalTexts(event)))).flat();
};
