import type { MemberId } from '#domain/ids';
import { hiddenFigure, ratio, type Figure } from '../facts/figure';
import { attendanceFacts, countOf, heldInWindow } from '../facts/held';
import { enrolled, enrolledSince, groupsOf, homeFacts, membershipFacts, type Group, type Home } from '../facts/membership';
import { daysBetween, ofType, windowAt, within, type Fact, type Question } from '../facts/question';
import { sum } from '../facts/sets';

const SETTLED_DAYS = 90;

/** Of those who are enrolled for more than 90 days, whom no match of T was opened with. */
export const exclusion = ({ facts, at }: Question): Figure => {
  const settled = enrolled(facts).filter((id) => daysBetween(enrolledSince(facts, id)!, at) > SETTLED_DAYS);
  const opened = within(ofType(facts, 'MatchOpened'), windowAt(at));
  const proposed = new Set(opened.flatMap(({ data }) => data.participants.map(({ memberId }) => memberId)));
  return ratio('exclusion', {
    numerator: settled.filter((id) => !proposed.has(id)).length,
    denominator: settled.length,
    people: settled,
    evidence: [...membershipFacts(facts), ...opened],
  });
};

const FEW = 5;
const isFew = (persons: number): boolean => persons > 0 && persons < FEW;
const sizeOf = (groups: readonly Group[]): number => sum(groups.map(({ members }) => members.length));

/** R15: groups of five or more, beside which five or more or none are left; and what is not told together is five or more, or nobody. */
const toldGroups = (groups: readonly Group[]): readonly Group[] => {
  const all = sizeOf(groups);
  const largest = (one: Group, other: Group): number =>
    other.members.length - one.members.length || (one.code < other.code ? -1 : Number(one.code > other.code));
  const apart = groups.filter(({ members }) => members.length >= FEW && !isFew(all - members.length)).sort(largest);
  const ends = apart.map((_, index) => apart.slice(0, apart.length - index));
  return ends.find((told) => !isFew(all - sizeOf(told))) ?? [];
};

/** A group's share of the whole: of the headcount where the policy gives every group's, else of the members. */
const shareOf = (group: Group, groups: readonly Group[], headcount: Readonly<Record<string, number>>): number => {
  const own = headcount[group.code] ?? 0;
  const isGiven = groups.every(({ code }) => (headcount[code] ?? 0) > 0);
  return isGiven ? own / sum(Object.values(headcount)) : group.members.length / sizeOf(groups);
};

/** Headcount of one dimension by code alone. */
const headcountOf = ({ policy }: Question, dimension: keyof Home): Readonly<Record<string, number>> =>
  Object.fromEntries(
    Object.entries(policy.headcount).flatMap(([cell, persons]) =>
      cell.startsWith(`${dimension}:`) ? [[cell.slice(dimension.length + 1), persons]] : [],
    ),
  );

const takingPart = (question: Question): readonly MemberId[] => {
  const held = heldInWindow(question);
  return enrolled(question.facts).filter((id) => countOf(held, id, 'giver') + countOf(held, id, 'learner') > 0);
};

const participationBy = (question: Question, dimension: keyof Home): readonly Figure[] => {
  const { facts } = question;
  const active = takingPart(question);
  const groups = groupsOf(facts, dimension, enrolled(facts));
  const told = toldGroups(groups);
  const evidence: readonly Fact[] = [...membershipFacts(facts), ...homeFacts(facts), ...attendanceFacts(heldInWindow(question))];
  return groups.map((group): Figure => {
    const name = { indicator: 'participationRatio', cell: `${dimension}:${group.code}` };
    if (!told.includes(group)) return hiddenFigure(name);
    const share = shareOf(group, groups, headcountOf(question, dimension));
    const own = group.members.filter((id) => active.includes(id)).length;
    const counted = active.length === 0 ? { numerator: 0, denominator: 0 } : { numerator: own / active.length, denominator: share };
    return { ...ratio(name.indicator, { ...counted, people: group.members, evidence }, name.cell), n: group.members.length };
  });
};

export const participationRatios = (question: Question): readonly Figure[] => [
  ...participationBy(question, 'site'),
  ...participationBy(question, 'unit'),
];

const DORMANT_DAYS = 180;

/** Enrolled members who were the actor of nothing for 180 days. One act of each is enough to say so: the last. */
export const dormancy = ({ facts, at }: Question): Figure => {
  const members = enrolled(facts);
  const acts = members.flatMap((id) => facts.findLast(({ meta }) => meta.actor.id === id && meta.actor.role !== 'system') ?? []);
  const awake = acts.filter(({ meta }) => daysBetween(meta.recordedAt, at) < DORMANT_DAYS);
  return ratio('dormancy', {
    numerator: members.length - awake.length,
    denominator: members.length,
    people: members,
    evidence: [...membershipFacts(facts), ...acts],
  });
};
