import { uuidV5 } from '#application/dispatch/derived-ids';
import type { MemberId } from '#domain/ids';
import { agreeingReactions } from './behaviours/agreeing';
import { answeringReactions } from './behaviours/answering';
import { askingReactions, proposeGroup } from './behaviours/asking';
import { charterReactions, enrol, enterAtFair } from './behaviours/entering';
import { evaluatingReactions } from './behaviours/evaluating';
import { holdingReactions } from './behaviours/holding';
import { membershipReactions } from './behaviours/membership';
import { monthlyOffice, operate, runRound } from './behaviours/office';
import { changeMediator, declareHeadcount, keepMediators, openNetwork, reviseCharter } from './behaviours/opening';
import { publishingReactions } from './behaviours/publishing';
import { troublesReactions } from './behaviours/troubles';
import type { AnyEvent } from './world-model';
import { personOf } from './people';
import type { Reactions, Simulation } from './simulation';

const DAY = 86_400_000;
const WEEK = 7 * DAY;

const allReactions: readonly Reactions[] = [
  charterReactions,
  publishingReactions,
  membershipReactions,
  askingReactions,
  answeringReactions,
  agreeingReactions,
  holdingReactions,
  evaluatingReactions,
  troublesReactions,
];

/** What follows, in people's minds, from one event. */
export const react = (simulation: Simulation, event: AnyEvent): void => {
  for (const reactions of allReactions)
    (reactions[event.type] as ((simulation: Simulation, event: AnyEvent) => void) | undefined)?.(simulation, event);
};

interface History {
  readonly members: number;
  readonly label?: string;
}

/** A first wave within two weeks, the rest over most of the time; some at a fair (R6), a few of whom never confirm. */
const arrivals = (simulation: Simulation, { members }: History, register: (subject: string, id: MemberId) => Promise<string>): void => {
  const length = simulation.untilMs - simulation.fromMs;
  const unconfirmed = Math.ceil(members * 0.01);
  for (let number = 1; number <= members + unconfirmed; number += 1) {
    const random = simulation.random(`arrival ${number}`);
    const person = personOf(simulation.seed, number);
    const memberId = uuidV5(simulation.networkId, person.subject) as MemberId;
    const confirms = number <= members;
    const fair = !confirms || random.yes(0.07);
    const early = random.yes(0.4) ? random.between(0, 14 * DAY) : random.between(0, length * 0.7);
    // Late at a fair would leave no time to confirm.
    simulation.agenda.plan(simulation.fromMs + Math.min(early, fair ? length * 0.4 : length * 0.9), async () => {
      simulation.people.set(memberId, person);
      await register(person.subject, memberId);
      await (fair ? enterAtFair(simulation, { memberId, person, confirms }) : enrol(simulation, memberId, person));
    });
  }
};

const every = (simulation: Simulation, { from, step }: { from: number; step: number }, act: () => Promise<unknown>): void => {
  for (let at = simulation.fromMs + from; at < simulation.untilMs; at += step) simulation.agenda.plan(at, async () => void (await act()));
};

/** The network opens, and what the years' calendar brings is planned. */
export const planHistory = async (
  simulation: Simulation,
  history: History & { readonly register: (subject: string, id: MemberId) => Promise<string> },
): Promise<void> => {
  const length = simulation.untilMs - simulation.fromMs;
  const at = (share: number, act: () => Promise<unknown>): void =>
    simulation.agenda.plan(simulation.fromMs + share * length, async () => void (await act()));
  await openNetwork(simulation, history.label ?? 'Réseau de démonstration');
  arrivals(simulation, history, history.register);
  every(simulation, { from: 2 * DAY, step: WEEK }, () => keepMediators(simulation));
  every(simulation, { from: 4 * DAY, step: WEEK }, () => runRound(simulation));
  every(simulation, { from: 20 * DAY, step: 4 * WEEK }, () => proposeGroup(simulation));
  every(simulation, { from: 28 * DAY, step: 30 * DAY }, () => monthlyOffice(simulation));
  at(0.15, () => declareHeadcount(simulation, history.members));
  at(0.45, () => reviseCharter(simulation));
  at(0.55, () => changeMediator(simulation));
  at(0.7, () => operate(simulation));
};
