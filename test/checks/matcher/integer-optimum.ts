import { keeping, valueOf, type IntegerSolver, type Row } from '#matching/exact/integer-program';
import { apartIn, type Instance, type Worth } from './instance';

/** Columns and rows as they are named; each column says whether it serves, and what it costs. */
class Model {
  readonly serves: number[] = [];
  readonly costs: number[] = [];
  readonly rows: Row[] = [];

  column(serves: 0 | 1, cost: number): number {
    this.serves.push(serves);
    return this.costs.push(cost) - 1;
  }

  /** The sum of `ones`, less `times` the sum of `others`, is at most `most`. */
  atMost(most: number, ones: readonly number[], [times, others]: readonly [number, readonly number[]] = [0, []]): void {
    const terms = [...ones.map((column) => [column, 1] as const), ...others.map((column) => [column, -times] as const)];
    this.rows.push({ least: Number.NEGATIVE_INFINITY, most, terms });
  }
}

interface Slot {
  readonly open: number;
  readonly members: readonly { readonly request: number; readonly column: number }[];
}

const setBits = (width: number): readonly number[] => Array.from({ length: width }, (_, bit) => 1 << bit);
const MEETINGS = { halfDays: setBits(10), ways: setBits(2) } as const;

const groupSlot = (model: Model, instance: Instance, offer: number): Slot => {
  const { smallest = 1, largest = 1 } = instance.offers[offer] ?? {};
  const isApart = apartIn(instance);
  const candidates = instance.candidates.filter((candidate) => candidate.offer === offer);
  const open = model.column(0, 0);
  const members = candidates.map(({ request, cost }) => ({ request, column: model.column(1, cost) }));
  const columns = members.map(({ column }) => column);
  model.atMost(0, columns, [largest, [open]]);
  model.rows.push({
    least: 0,
    most: Number.POSITIVE_INFINITY,
    terms: [[open, -smallest], ...columns.map((column) => [column, 1] as const)],
  });
  for (const kind of ['halfDays', 'ways'] as const) {
    const meetings = MEETINGS[kind].map((bit) => ({ bit, column: model.column(0, 0) }));
    model.atMost(
      0,
      meetings.map(({ column }) => column),
      [1, [open]],
    );
    candidates.forEach((candidate, at) => {
      const possible = meetings.filter(({ bit }) => (candidate[kind] & bit) !== 0).map(({ column }) => column);
      model.atMost(0, [columns[at]!], [1, possible]);
    });
  }
  members.forEach((one, at) => {
    for (const other of members.slice(at + 1)) if (isApart(one.request, other.request)) model.atMost(1, [one.column, other.column]);
  });
  return { open, members };
};

const singleSlots = (model: Model, instance: Instance, offer: number): readonly Slot[] =>
  instance.candidates
    .filter((candidate) => candidate.offer === offer)
    .map(({ request, cost }) => {
      const column = model.column(1, cost);
      return { open: column, members: [{ request, column }] };
    });

/** An offer of one to one has a slot a candidate; one of groups has one for each group that its giver could hold. */
const slotsOf = (model: Model, instance: Instance, offer: number): readonly Slot[] => {
  const { giver = 0, smallest = 1, largest = 1 } = instance.offers[offer] ?? {};
  if (largest === 1) return singleSlots(model, instance, offer);
  const reach = instance.candidates.filter((candidate) => candidate.offer === offer).length;
  const number = Math.min(instance.givers[giver]?.capacity ?? 0, Math.floor(reach / smallest));
  const slots = Array.from({ length: number }, () => groupSlot(model, instance, offer));
  // groups of one offer are alike: those with the lower number are held first
  slots.slice(1).forEach(({ open }, at) => model.atMost(0, [open], [1, [slots[at]!.open]]));
  return slots;
};

const modelOf = (instance: Instance): Model => {
  const model = new Model();
  const slots = instance.offers.map((_, offer) => slotsOf(model, instance, offer));
  instance.learners.forEach((_, learner) => {
    const columns = slots.flat().flatMap(({ members }) => members.filter(({ request }) => request === learner).map(({ column }) => column));
    if (columns.length > 1) model.atMost(1, columns);
  });
  instance.givers.forEach(({ capacity, engaged }, giver) => {
    const open = slots.flatMap((all, offer) => (instance.offers[offer]?.giver === giver ? all.map((slot) => slot.open) : []));
    const engagements = Array.from({ length: Math.min(capacity, open.length) }, (_, n) =>
      model.column(0, instance.loadCost * (engaged + n)),
    );
    model.atMost(0, open, [1, engagements]);
  });
  return model;
};

/** The optimum by an integer program of the check's own: first the most served, then, of those, the least cost. */
export const integerOptimum = (instance: Instance, solve: IntegerSolver): Worth => {
  const { serves, costs, rows } = modelOf(instance);
  const served = valueOf(serves, solve({ weights: serves, rows }) ?? []);
  const cheapest = solve({ weights: costs.map((cost) => -cost), rows: [...rows, keeping(serves, served)] }) ?? [];
  return { served, cost: valueOf(costs, cheapest) };
};
