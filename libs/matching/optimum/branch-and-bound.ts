import type { Apart } from './apart';
import { ban, firstQuarrel, type Quarrel } from './choose-groups';
import type { Component } from './components';
import { marginsOf, shortfall } from './group-choice';
import { configurationsOf } from './group-configurations';
import { mostGain } from './giver-gain';
import { liftPrices } from './lift-prices';
import { openingsOf, regroup } from './regroup';
import { gained } from './seating';
import type { Seats } from './seats';
import { restore, planOf, type SeatingPlan } from './seating-plan';

interface Tree {
  readonly seats: Seats;
  readonly apart: Apart;
  readonly component: Component;
  /** Those with group offers. */
  readonly givers: readonly number[];
  readonly decided: Set<number>;
  readonly configurations: number;
  nodesLeft: number;
  whole: boolean;
  best: number;
  plan: SeatingPlan;
}

interface Widest {
  readonly giver: number;
  /** How much all givers that are not decided could gain more. */
  readonly sum: number;
}

const widest = ({ seats, givers, decided }: Tree): Widest => {
  let [giver, most, sum] = [-1, 0, 0];
  for (const each of givers) {
    if (decided.has(each)) continue;
    const short = shortfall(seats, each);
    sum += short;
    if (short > most) [giver, most] = [each, short];
  }
  return { giver, sum };
};

const keepBest = (tree: Tree, quarrel: Quarrel | null): void => {
  const value = gained(tree.seats);
  if (quarrel || value <= tree.best) return;
  tree.best = value;
  tree.plan = planOf(tree.seats, tree.component);
};

const visit = (tree: Tree): void => {
  if (tree.nodesLeft === 0) {
    tree.whole = false;
    return;
  }
  tree.nodesLeft -= 1;
  const quarrel = firstQuarrel(tree.seats, tree.apart, tree.givers);
  keepBest(tree, quarrel);
  const { giver, sum } = widest(tree);
  const bound = gained(tree.seats) + sum;
  if (bound <= tree.best) return;
  if (quarrel && tree.decided.has(quarrel.giver)) part(tree, quarrel);
  else decide(tree, quarrel ? quarrel.giver : giver, bound);
};

/** Of two who may not be in one group, one or the other is not in it. */
const part = (tree: Tree, quarrel: Quarrel): void => {
  const held = openingsOf(tree.seats, quarrel.giver);
  for (const request of quarrel.between) {
    ban(tree.seats, quarrel, request);
    visit(tree);
    regroup(tree.seats, quarrel.giver, held);
  }
};

/** One case for each configuration of this giver that could lead to something better. */
const decide = (tree: Tree, giver: number, bound: number): void => {
  const { seats, decided } = tree;
  const margins = marginsOf(seats);
  const configurations = configurationsOf(margins, giver, tree.configurations);
  if (!configurations) {
    tree.whole = false;
    return;
  }
  const held = openingsOf(seats, giver);
  const others = bound - mostGain(margins, giver);
  // Prices move while cases are tried, and would move bounds with them: these are of before.
  decided.add(giver);
  for (const { openings, most } of configurations) {
    if (others + most <= tree.best) continue;
    regroup(seats, giver, openings);
    visit(tree);
  }
  decided.delete(giver);
  regroup(seats, giver, held);
};

export interface Subtree {
  readonly component: Component;
  readonly givers: readonly number[];
  readonly nodes: number;
  /** Of one giver: more are not tried. */
  readonly configurations: number;
}

/** Tries all cases in which a component could be better than it is, and leaves it in the best. Answers whether it tried all: then it is the optimum. */
export const branchAndBound = (seats: Seats, apart: Apart, { component, givers, nodes, configurations }: Subtree): boolean => {
  const plan = planOf(seats, component);
  const tree: Tree = {
    seats,
    apart,
    component,
    givers,
    configurations,
    decided: new Set(),
    nodesLeft: nodes,
    whole: true,
    best: gained(seats),
    plan,
  };
  visit(tree);
  restore(seats, tree.plan);
  liftPrices(seats, givers);
  return tree.whole;
};
