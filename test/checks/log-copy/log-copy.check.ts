import { seededRandom } from '#apps/demo/seeded-random';
import type { Check, CheckResult, CheckRun } from '../runner/check';
import { fillWithDemo } from './workload';
import { withScratchLogs, type ScratchLog } from '../runner/scratch-logs';
import { checkCopy } from './invariants';
import { copyKilled, type Journey, type KilledCopy } from './faults';
import { testLogCopyCheck } from './self-test';

interface Arrival {
  readonly copied: KilledCopy;
  readonly counts: { readonly lost: number; readonly reordered: number; readonly differences: number };
  readonly findings: readonly string[];
}

/** What arrived is judged against where it began, and must be what the copy itself proved. */
const travel = async (journey: Journey, origin: ScratchLog, run: CheckRun): Promise<Arrival> => {
  const copied = await copyKilled(journey, run);
  const { events, ...counts } = await checkCopy(origin.log, journey.to.log);
  const [source, target] = copied.proofs;
  const proven = source !== undefined && source.hash === target?.hash && target.events === journey.events;
  const findings = [
    ...copied.findings,
    ...(proven ? [] : [`${journey.name}: the proof is not of ${journey.events} equal events`]),
    ...(events === journey.events ? [] : [`${journey.name}: ${events} events arrived of ${journey.events}`]),
  ];
  run.progress(`${journey.name}: ${events} events in ${copied.seconds} s; ${JSON.stringify(counts)}; ${source?.hash ?? 'no proof'}`);
  return { copied, counts, findings };
};

const run = (asked: CheckRun): Promise<CheckResult> =>
  withScratchLogs(async (logs) => {
    const [source, eventStore, back] = [await logs.postgres(), await logs.eventStore(asked.progress), await logs.postgres()];
    await fillWithDemo(source.log, asked);
    asked.progress(`${asked.count} events of the demo's mix are written`);
    const common = { events: asked.count, kills: asked.sizes['kills'] ?? 10 };
    const there = { ...common, name: 'there', from: source, to: eventStore, chance: seededRandom(asked.seed, 'there') };
    const home = { ...common, name: 'back', from: eventStore, to: back, chance: seededRandom(asked.seed, 'back') };
    const arrivals = [await travel(there, source, asked), await travel(home, source, asked)];
    const findings = arrivals.flatMap((one) => one.findings);
    if (arrivals[0]?.copied.proofs[0]?.hash !== arrivals[1]?.copied.proofs[1]?.hash) findings.push('what came back proves another hash');
    const sum = (name: keyof Arrival['counts']): number => arrivals.reduce((total, { counts }) => total + counts[name], 0);
    return {
      counts: { lost: sum('lost'), reordered: sum('reordered'), differences: sum('differences') + findings.length },
      figures: {
        killed: arrivals.reduce((total, { copied }) => total + copied.kills, 0),
        secondsThere: arrivals[0]?.copied.seconds ?? 0,
        secondsBack: arrivals[1]?.copied.seconds ?? 0,
      },
      findings,
    };
  });

export const logCopyCheck: Check = {
  name: 'log-copy',
  about:
    'a log copied from PostgreSQL to EventStoreDB and back, killed again and again: the same events in the same order, proven; count: events',
  defaultCount: 100_000,
  logs: ['postgres'],
  sizes: { kills: 10, members: 60, months: 3 },
  run,
  selfTest: testLogCopyCheck,
};
