import { uuidV5 } from '#application/dispatch/derived-ids';
import type { MemberId } from '#domain/ids';
import { agreeingReactions } from './acts/agreeing';
import { answeringReactions } from './acts/answering';
import { askingReactions, proposeGroup } from './acts/asking';
import { charterReactions, enrol, enterAtFair } from './acts/entering';
import { evaluatingReactions } from './acts/evaluating';
import { holdingReactions } from './acts/holding';
import { membershipReactions } from './acts/membership';
import { monthlyOffice, operate, runRound } from './acts/office';
import { changeMediator, declareHeadcount, keepMediators, openNetwork, reviseCharter } from './acts/opening';
import { publishingReactions } from './acts/publishing';
import { troublesReactions } from './acts/troubles';
import type { AnyEvent } from './book';
import { personOf } from './people';
import type { Reactions, Stage } from './stage';

const DAY = 86_400_000;
const WEEK = 7 * DAY;

const plot: readonly Reactions[] = [
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
export const react = (stage: Stage, event: AnyEvent): void => {
  for (const reactions of plot) (reactions[event.type] as ((stage: Stage, event: AnyEvent) => void) | undefined)?.(stage, event);
};

interface Play {
  readonly members: number;
  readonly label?: string;
}

/** A first wave within two weeks, the rest over most of the time; some at a fair (R6), a few of whom never confirm. */
const arrivals = (stage: Stage, { members }: Play, register: (subject: string, id: MemberId) => Promise<string>): void => {
  const length = stage.untilMs - stage.fromMs;
  const unconfirmed = Math.ceil(members * 0.01);
  for (let number = 1; number <= members + unconfirmed; number += 1) {
    const chance = stage.chance(`arrival ${number}`);
    const person = personOf(stage.seed, number);
    const memberId = uuidV5(stage.networkId, person.subject) as MemberId;
    const confirms = number <= members;
    const fair = !confirms || chance.yes(0.07);
    const early = chance.yes(0.4) ? chance.between(0, 14 * DAY) : chance.between(0, length * 0.7);
    // Late at a fair would leave no time to confirm.
    stage.agenda.plan(stage.fromMs + Math.min(early, fair ? length * 0.4 : length * 0.9), async () => {
      stage.people.set(memberId, person);
      await register(person.subject, memberId);
      await (fair ? enterAtFair(stage, { memberId, person, confirms }) : enrol(stage, memberId, person));
    });
  }
};

const every = (stage: Stage, { from, step }: { from: number; step: number }, act: () => Promise<unknown>): void => {
  for (let at = stage.fromMs + from; at < stage.untilMs; at += step) stage.agenda.plan(at, async () => void (await act()));
};

/** The network opens, and what the years' calendar brings is planned. */
export const prologue = async (
  stage: Stage,
  play: Play & { readonly register: (subject: string, id: MemberId) => Promise<string> },
): Promise<void> => {
  const length = stage.untilMs - stage.fromMs;
  const at = (share: number, act: () => Promise<unknown>): void =>
    stage.agenda.plan(stage.fromMs + share * length, async () => void (await act()));
  await openNetwork(stage, play.label ?? 'Réseau de démonstration');
  arrivals(stage, play, play.register);
  every(stage, { from: 2 * DAY, step: WEEK }, () => keepMediators(stage));
  every(stage, { from: 4 * DAY, step: WEEK }, () => runRound(stage));
  every(stage, { from: 20 * DAY, step: 4 * WEEK }, () => proposeGroup(stage));
  every(stage, { from: 28 * DAY, step: 30 * DAY }, () => monthlyOffice(stage));
  at(0.15, () => declareHeadcount(stage, play.members));
  at(0.45, () => reviseCharter(stage));
  at(0.55, () => changeMediator(stage));
  at(0.7, () => operate(stage));
};
