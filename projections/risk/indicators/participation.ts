import { publishedCells } from '#domain/disclosure/complementary-suppression';
import { type Computed, suppress, ratio } from '../figure';
import { members } from '../operand';
import type { MemberAt } from '../view/member';
import type { RiskView } from '../view/view';
import { attendanceOf, membershipOf, placesOf } from './evidence';
import { takesPart, tallyOf } from './tally';

type Dimension = 'site' | 'unit';

interface Group {
  readonly cell: string;
  readonly members: readonly MemberAt[];
  readonly headcount: number;
}

const groupsOf = ({ population, policy }: RiskView, dimension: Dimension): readonly Group[] => {
  const cells = new Map<string, MemberAt[]>();
  for (const member of population) {
    const cell = `${dimension}:${member[dimension]}`;
    const known = cells.get(cell);
    if (known === undefined) cells.set(cell, [member]);
    else known.push(member);
  }
  const groups = [...cells].sort(([one], [other]) => (one < other ? -1 : 1));
  return groups.map(([cell, all]) => ({ cell, members: all, headcount: policy.headcount[cell] ?? 0 }));
};

const sum = (numbers: readonly number[]): number => numbers.reduce((total, each) => total + each, 0);

/** A share of the headcount needs the whole of it: where policy leaves out a cell that has members, members count instead. */
const weightsOf = (
  groups: readonly Group[],
  { policy }: RiskView,
  dimension: Dimension,
): { weight: (group: Group) => number; total: number } => {
  if (groups.some(({ headcount }) => headcount === 0))
    return { weight: (group) => group.members.length, total: sum(groups.map((group) => group.members.length)) };
  const given = Object.entries(policy.headcount).filter(([cell]) => cell.startsWith(`${dimension}:`));
  return { weight: ({ headcount }) => headcount, total: sum(given.map(([, persons]) => persons)) };
};

/**
 * A cell's share of those with g + r > 0 ÷ its share of the headcount (else of members): 1 where it takes part as the others do.
 * Cells of few members are hidden (R15).
 */
export const participation = (view: RiskView, dimension: Dimension): readonly Computed[] => {
  const tally = tallyOf(view.heldInYear);
  const groups = groupsOf(view, dimension);
  const { weight, total } = weightsOf(groups, view, dimension);
  const isActive = ({ id }: MemberAt): boolean => takesPart(tally(id));
  const active = view.population.filter(isActive).length;
  const visible = publishedCells(new Map(groups.map((group) => [group.cell, group.members.length])));
  return groups.map((group) => {
    const figure = ratio({
      indicator: 'participationRatio',
      cell: group.cell,
      unit: 'ratio',
      numerator: active === 0 ? 0 : group.members.filter(isActive).length / active,
      denominator: active === 0 ? 0 : weight(group) / total,
      threshold: view.policy.thresholds.participationRatio,
      alertWhen: 'below',
      counts: () => [members(group.members.filter(isActive).map(({ id }) => id)), members(group.members.map(({ id }) => id))],
      evidence: () => [...membershipOf(view.members.values()), ...placesOf(view.members.values()), ...attendanceOf(view.heldInYear)],
    });
    return visible.has(group.cell) ? { ...figure, n: group.members.length } : suppress(figure);
  });
};
