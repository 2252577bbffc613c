import { setTimeout as pause } from 'node:timers/promises';
import { idFrom } from '#application/dispatch/derived-ids';
import type { SentCommand } from '#domain/catalogue';
import type { Installation } from '#apps/installation/installation';
import type { CheckResult } from '../runner/check';
import { foldFromZero, nextDue, orderedByTheClock, unsettled, type Ordered } from './from-zero';
import { brokenOrder, decidedTwice, readHistory, type History } from './history';
import { commandIdOf, type AnsweredCommand, type Ledger } from './ledger';
import type { CrashHarness } from './harness';

const SETTLE_MS = 180_000;
/** Pauses end within it; the other windows are days long. */
const HORIZON_MS = 60_000;

/** The last kill may have been the database's, with nobody left to be answered: it is asked until it is there again. */
const onceThere = async <T>(ask: () => Promise<T>, { deadline, signal }: { deadline: number; signal: AbortSignal }): Promise<T> => {
  for (;;) {
    signal.throwIfAborted();
    try {
      return await ask();
    } catch (fault) {
      if (Date.now() > deadline) throw fault;
      await pause(100);
    }
  }
};

/** Until the projector itself has caught up, with nothing due soon: nobody helps it. Answers what it did not reach in time. */
export const untilSettled = async ({ installation }: CrashHarness, signal: AbortSignal): Promise<readonly string[]> => {
  const deadline = Date.now() + SETTLE_MS;
  const reader = await onceThere(() => installation.startRuntime({ mode: 'driven' }), { deadline, signal });
  for (;;) {
    signal.throwIfAborted();
    const behind = (await onceThere(() => reader.status(), { deadline, signal })).filter(({ position, head }) => position < head);
    const due = await onceThere(() => nextDue(installation), { deadline, signal });
    const soon = due !== null && Date.parse(due) < Date.now() + HORIZON_MS;
    if (behind.length === 0 && !soon) return [];
    if (Date.now() > deadline)
      return [
        ...behind.map(({ name, lagEvents }) => `${name} stays ${lagEvents} events behind`),
        ...(soon ? [`due at ${due}: not fired`] : []),
      ];
    await pause(100);
  }
};

/** The earlier commands of a use case that takes several. */
const STEPS: readonly SentCommand['type'][] = ['ApplyForMembership', 'AcceptCharter', 'PublishRequest', 'PublishOffer'];

interface Attributed extends AnsweredCommand {
  readonly commandId: string;
}

const attributed = async ({ keys }: Installation, networkId: string, { given }: Ledger): Promise<readonly Attributed[]> => {
  const members = new Map<string, string>();
  for (const { subject } of given)
    if (!members.has(subject)) members.set(subject, (await keys.find(networkId, subject)) ?? `unknown ${subject}`);
  return given.map((one) => ({ ...one, commandId: commandIdOf(members.get(one.subject)!, one) }));
};

const describeGiven = ({ method, path, commandId }: Attributed): string => `${method} ${path.split('/').slice(3).join('/')} (${commandId})`;

const lost = (known: readonly Attributed[], { byCommand }: History): readonly string[] =>
  known.flatMap((one) => {
    if (one.outcome === 'refused') return [];
    const lines = byCommand.get(one.commandId);
    if (!lines) return one.mayDoNothing ? [] : [`acknowledged, and not in the log: ${describeGiven(one)}`];
    return lines.at(-1)!.stored.position === one.position ? [] : [`acknowledged at ${one.position}, and not there: ${describeGiven(one)}`];
  });

const refusedAndDone = (known: readonly Attributed[], { byCommand }: History): readonly string[] =>
  known.flatMap((one) =>
    one.outcome === 'refused' && byCommand.has(one.commandId) ? [`refused, and in the log: ${describeGiven(one)}`] : [],
  );

/** Every event answers one command that somebody gave, or that a process orders on this very log. */
const givenByNobody = (history: History, known: readonly Attributed[], orders: readonly Ordered[]): readonly string[] => {
  const ordered = [...orders.map(({ ids }) => ids.commandId), ...orderedByTheClock(history)];
  const all = new Set([
    ...known.flatMap(({ commandId }) => [commandId, ...STEPS.map((step) => idFrom(commandId, `step/${step}`))]),
    ...ordered,
  ]);
  return [...history.byCommand].flatMap(([commandId, lines]) =>
    all.has(commandId) ? [] : [`in the log, and given by nobody: ${lines.map(({ event }) => event.type).join(', ')} (${commandId})`],
  );
};

export interface Evidence {
  readonly installation: Installation;
  readonly networkId: string;
  readonly ledger: Ledger;
}

/** Judges a log at rest: what was acknowledged is there once, and everything that is made from it is as if it were made anew. */
export const checkInvariants = async ({ installation, networkId, ledger }: Evidence): Promise<CheckResult> => {
  const history = await readHistory(installation);
  const known = await attributed(installation, networkId, ledger);
  const { orders, differences } = await foldFromZero(installation);
  const found = {
    lost: lost(known, history),
    doubled: [...brokenOrder(history), ...decidedTwice(history), ...(orders ? givenByNobody(history, known, orders) : [])],
    differences: [...refusedAndDone(known, history), ...differences, ...(orders ? await unsettled(installation, history, orders) : [])],
  };
  return {
    counts: { lost: found.lost.length, doubled: found.doubled.length, differences: found.differences.length },
    figures: {
      acknowledged: known.filter(({ outcome }) => outcome === 'done').length,
      refused: known.filter(({ outcome }) => outcome === 'refused').length,
      retries: ledger.retries,
      events: history.lines.length,
    },
    findings: Object.values(found).flat(),
  };
};
