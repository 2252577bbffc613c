import { setImmediate as turn } from 'node:timers/promises';
import { highsSolver } from '#highs/highs-solver';
import { optimumMatcher } from '#matching/optimum-matcher';
import type { Check, CheckResult, CheckRun } from '../runner/check';
import type { Finding } from '../runner/schedules';
import { countsOf, mustBeClean, plantEach } from '../runner/self-test';
import { COUNTS, unfair, type Count } from './bounds';
import { figuresOf, type FairnessFigures } from './figures';
import { mutants } from './mutants';
import { OURS, policiesOf, type Contender } from './policies';
import { MONTHS, simulated } from './simulation';
import { flat, table, together } from './table';

const BASELINE = 'first come first served';

const lived = (policy: Contender, seed: number, { sizes, signal }: CheckRun): FairnessFigures =>
  figuresOf(simulated(policy, { seed, members: sizes['members'] ?? 240, signal }));

interface Network {
  readonly seed: number;
  readonly rows: Readonly<Record<string, FairnessFigures>>;
  readonly findings: readonly Finding<Count>[];
}

const network = async (policies: Readonly<Record<string, Contender>>, seed: number, asked: CheckRun): Promise<Network> => {
  const rows: Record<string, FairnessFigures> = {};
  for (const [name, policy] of Object.entries(policies)) {
    if (asked.signal.aborted) break;
    rows[name] = lived(policy, seed, asked);
    // an interruption is heard between policies
    await turn();
  }
  const baseline = rows[BASELINE];
  const findings = Object.values(OURS).flatMap((name) => (rows[name] && baseline ? unfair(rows[name], baseline) : []));
  return { seed, rows, findings: asked.signal.aborted ? [] : findings };
};

const run = async (asked: CheckRun): Promise<CheckResult> => {
  const policies = policiesOf(optimumMatcher, await highsSolver());
  const networks: Network[] = [];
  for (let n = 0; n < asked.count && !asked.signal.aborted; n += 1) {
    asked.progress(
      `network ${n + 1} of ${asked.count}, seed ${asked.seed + n}: ${MONTHS} months under ${Object.keys(policies).length} policies`,
    );
    networks.push(await network(policies, asked.seed + n, asked));
  }
  const whole = networks.filter(({ rows }) => Object.keys(rows).length === Object.keys(policies).length);
  const rows = Object.fromEntries(Object.keys(policies).map((name) => [name, together(whole.map((one) => one.rows[name]!))]));
  if (whole.length > 0) asked.progress(table(rows));
  const findings = networks.flatMap((one) => one.findings);
  return {
    counts: Object.fromEntries(COUNTS.map((name) => [name, findings.filter(({ count }) => count === name).length])),
    figures: { networks: whole.length, ...(whole.length > 0 ? flat(rows) : {}) },
    findings: networks.flatMap((one) => one.findings.map(({ count, what }) => `${count}: seed ${one.seed}: ${what}`)),
    suspects: networks.filter((one) => one.findings.length > 0).map(({ seed }) => seed),
  };
};

const selfTest = async (asked: CheckRun) => {
  const policies = policiesOf(optimumMatcher, await highsSolver());
  const baseline = lived(policies[BASELINE]!, asked.seed, asked);
  mustBeClean(unfair(lived(policies[OURS.straight]!, asked.seed, asked), baseline).map(({ what }) => what));
  return plantEach(mutants, asked, async ({ spoil }) => {
    await turn();
    const { policy, gates } = policies[OURS.straight]!;
    return countsOf(unfair(lived({ policy: spoil(policy), gates }, asked.seed, asked), baseline));
  });
};

export const fairnessCheck: Check = {
  name: 'fairness',
  about:
    'two years of simulated networks with refusals and no-shows: nobody waits for ever, no giver drowns, no site or unit is left out, beside five other policies; count: networks',
  defaultCount: 5,
  logs: ['memory'],
  sizes: { members: 240 },
  run,
  selfTest,
};
