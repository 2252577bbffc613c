import type { CommandId } from '#kernel/id';
import { uuidV5 } from '#application/dispatch/derived-ids';
import type { ExchangeId, MemberId } from '#domain/ids';
import type { StoredEvent } from '#event-store/log.port';
import type { Codec } from '#event-store/codec.port';
import { KeyErased } from '#keys/keys.port';
import type { Runtime } from '#read-store/subscriptions/runtime';
import { profile } from '#testing/content';
import { writeComment, writeEvent, writeExchange, type Writing } from '#testing/histories/exchange-on-log';
import { lyon } from '#testing/network-facts';
import { pam } from '#testing/people';
import { eventsAfter } from '../runner/differences';
import type { Finding, Report } from '../runner/schedules';
import { faultless, type ErasureMutant } from './mutants';
import { readableTexts, type Sought } from './invariants';
import type { Schedule, ErasureStep } from './schedule';
import { stallModel } from './stalled-models';
import { Killed, observed, type When } from './steps';
import type { ErasureProcess, ErasureHarness } from './harness';

/** Orders of the enrolment's process, each two minutes after the one before. */
const ATTEMPTS = 6;

/** One erasure by one schedule, on people of its own. */
export const play = async (harness: ErasureHarness, schedule: Schedule, mutant: ErasureMutant = faultless): Promise<Report> => {
  const story = await toldStory(harness, schedule);
  const findings: Finding<'readable' | 'stuck'>[] = [];
  const look = async (when: string): Promise<void> => {
    for (const what of await readableTexts(harness, await story.sought())) findings.push({ count: 'readable', what: `${when}: ${what}` });
  };
  const erased = await untilErased(harness, { schedule, mutant, story });
  if (erased) await look('when it said erased');
  await story.goOn();
  if (!erased && !(await untilErased(harness, { schedule: { ...schedule, kill: null, writesAt: null }, mutant, story }))) {
    findings.push({ count: 'stuck', what: 'things went on, and the erasure did not end' });
  }
  if (erased) await look('once the read models had gone on');
  return { seed: schedule.seed, findings, figures: {} };
};

interface Story {
  readonly member: MemberId;
  readonly commandId: CommandId;
  /** Whether a process was killed in it. */
  readonly crashes: { any: boolean };
  /** A third person writes about the erased one, in another process. */
  readonly write: () => Promise<void>;
  /** What is under way comes to its end. */
  readonly rewriting: () => void;
  /** Nothing stands still any more. */
  readonly goOn: () => Promise<void>;
  readonly sought: () => Promise<Sought>;
}

const toldStory = async (harness: ErasureHarness, schedule: Schedule): Promise<Story> => {
  const { seed } = schedule;
  const [member, learner, third] = ['ana', 'bo', 'dia'].map((name) => `${name}-${seed}` as MemberId) as [MemberId, MemberId, MemberId];
  const exchangeId = `exchange-${seed}` as ExchangeId;
  const other = await harness.process();
  const writing = (): Writing => ({ log: harness.log, codec: other.codec, network: lyon, at: harness.clock.now() });
  const texts = { name: `Aurélie Quetzalcóatl ${seed}`, comment: `Très patiente, no ${seed}`, third: `Vue à l’œuvre, no ${seed}` };
  const stream = `member-${member}`;
  await writeEvent(writing(), 'MembershipRequested', {
    ...{ stream, by: member },
    data: { memberId: member, profile: profile({ name: texts.name }), entry: 'self', offers: [], requests: [], confirmBy: null },
  });
  const before = schedule.seen ? null : await stallModel(harness, schedule);
  await writeExchange(writing(), { exchangeId, giver: member, learners: [learner, third] });
  await writeComment(writing(), exchangeId, { by: learner, text: texts.comment });
  const views = gated(other.codec, schedule.underWay);
  const runtime = await harness.views(views.codec);
  const draining = drained(runtime);
  if (schedule.underWay) await views.reached;
  else await draining;
  const still = before ?? (await stallModel(harness, schedule));
  if (schedule.cached) await Promise.all((await eventsAfter(harness)).slice(-3).map((event) => other.codec.reveal(event)));
  await writeEvent(writing(), 'ErasureRequested', { stream, by: member, data: { memberId: member, by: member } });
  await writeEvent(writing(), 'ErasureApproved', { stream, by: pam, data: { memberId: member, by: pam } });
  const reader = schedule.reader ? await openReader(harness) : null;
  const wrapped = await wrappedOf(harness, member);
  const fresh = await harness.process();
  return {
    member,
    crashes: { any: false },
    commandId: uuidV5('0192f0c1-0000-7000-8000-000000000000', `erase ${seed}`) as CommandId,
    write: () => writeComment(writing(), exchangeId, { by: third, text: texts.third }).catch(ifErased),
    rewriting: () => {
      views.letGo();
      if (reader) setTimeout(reader, READS_ON_MS);
    },
    goOn: async () => {
      views.letGo();
      await draining;
      await still.end();
      await (await harness.views(other.codec)).drain();
    },
    sought: async () => {
      const all = (await eventsAfter(harness)).filter((event) => belongs(event, member, exchangeId));
      const end = all.findIndex(({ type }) => type === 'PersonalDataErased');
      const events = end < 0 ? all : all.slice(0, end);
      const thirdWrote = events.filter(({ type }) => type === 'EvaluationSubmitted').length > 1;
      const canaries = new Map([
        ['the name', Buffer.from(texts.name)],
        ['another’s comment', Buffer.from(texts.comment)],
        ['the key', wrapped],
        ...(thirdWrote ? [['a third person’s comment', Buffer.from(texts.third)] as const] : []),
      ]);
      return { canaries, events, codecs: [other.codec, fresh.codec] };
    },
  };
};

const belongs = ({ stream }: StoredEvent, member: MemberId, exchangeId: ExchangeId): boolean =>
  stream === `member-${member}` || stream === `exchange-${exchangeId}` || stream === `match-match-of-${exchangeId}`;

const ifErased = (fault: unknown): void => {
  if (!(fault instanceof KeyErased)) throw fault;
};

/** A read model that stands still fails its drain: that is what is played. */
const drained = (runtime: Runtime): Promise<void> => runtime.drain().catch(() => undefined);

/** A codec whose texts are opened at once and given on only when they are let go. */
const gated = (codec: Codec, held: boolean) => {
  let letGo = (): void => undefined;
  let arrive = (): void => undefined;
  const gate = new Promise<void>((resolve) => (letGo = resolve));
  const reached = new Promise<void>((resolve) => (arrive = resolve));
  const personalTexts: Codec['personalTexts'] = async (event) => {
    const found = await codec.personalTexts(event);
    if (event.type === 'EvaluationSubmitted') arrive();
    if (held) await gate;
    return found;
  };
  return { codec: { ...codec, personalTexts }, reached, letGo: () => letGo() };
};

const READS_ON_MS = 150;

/** Opens it; answers how it ends, once. */
const openReader = async ({ pool }: ErasureHarness): Promise<() => void> => {
  const client = await pool.connect();
  await client.query('begin isolation level repeatable read; select 1');
  let open = true;
  return () => {
    if (open) void client.query('commit').then(() => client.release());
    open = false;
  };
};

const wrappedOf = async ({ pool }: ErasureHarness, member: MemberId): Promise<Buffer> => {
  const { rows } = await pool.query<{ wrapped: Buffer }>('select wrapped from keys.data_key where member = $1 and stream is null', [
    member,
  ]);
  return rows[0]!.wrapped;
};

interface Attempt {
  readonly schedule: Schedule;
  readonly mutant: ErasureMutant;
  readonly story: Story;
}

/** The order is given again and again, by another process where one was killed. */
const untilErased = async (harness: ErasureHarness, { schedule, mutant, story }: Attempt): Promise<boolean> => {
  const { member, commandId } = story;
  const stream = `member-${member}`;
  let { kill, writesAt } = schedule;
  const writes: Promise<void>[] = [];
  const onStep = async (step: ErasureStep, when: When): Promise<void> => {
    if (step === 'rewrite-texts' && when === 'before') story.rewriting();
    if (step === writesAt && when === 'before') {
      writesAt = null;
      writes.push(story.write());
      await new Promise((resolve) => setTimeout(resolve, WRITES_MS));
    }
    if (kill?.step !== step || kill.when !== when) return;
    kill = null;
    story.crashes.any = true;
    throw new Killed();
  };
  let process: ErasureProcess | null = null;
  for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
    process ??= await harness.process(mutant.through(harness.pool));
    const ports = mutant.ports(harness.portsOf(process, mutant.through(harness.pool)), { harness, crashed: () => story.crashes.any });
    const application = harness.erasing(observed(ports, onStep));
    const ids = { network: lyon, commandId, correlationId: commandId, causationId: commandId };
    await application
      .execute({ type: 'ErasePersonalData', data: { memberId: member, ground: 'approved' } }, ids, harness.clock.now())
      .catch((fault: unknown) => {
        if (!(fault instanceof Killed)) throw fault;
        process = null;
      });
    await Promise.all(writes);
    if ((await eventsAfter(harness)).some((event) => event.stream === stream && event.type === 'PersonalDataErased')) return true;
    harness.clock.pass(2);
  }
  return false;
};

/** So that what is written comes before the step where nothing keeps it back. */
const WRITES_MS = 15;
