import type { AssignmentResult } from '#matching/optimum/assignment-problem';
import { hasGroups, loadOf, type Instance, type Worth } from './instance';

/** A request's gain is whole and exact only as long as all sums are. */
const isWhole = (number: number): boolean => Number.isSafeInteger(number);

/** No assignment costs more. */
const dearest = (instance: Instance): number => {
  const { learners, offers, givers, candidates } = instance;
  const paid = learners.reduce(
    (sum, _, request) => sum + candidates.reduce((most, each) => (each.request === request ? Math.max(most, each.cost) : most), 0),
    0,
  );
  // each engagement has a learner of its own: there are no more of them than learners
  const loads = givers.flatMap(({ capacity }, giver) => {
    const reach = candidates.filter(({ offer }) => offers[offer]?.giver === giver).length;
    return Array.from({ length: Math.min(capacity, reach) }, (_, n) => loadOf(instance, giver, n + 1) - loadOf(instance, giver, n));
  });
  const heaviest = loads.sort((one, other) => other - one).slice(0, learners.length);
  return heaviest.reduce((sum, load) => sum + load, paid);
};

/** What a giver of one-to-one offers could gain at most: their best candidates, each request once, as far as load and capacity let. */
const mostOf = (instance: Instance, { served, worth }: AssignmentResult['certificate'], giver: number): number => {
  const best = new Map<number, number>();
  for (const { request, offer, cost } of instance.candidates) {
    const gain = served - cost - worth[request]!;
    if (instance.offers[offer]?.giver === giver && gain > (best.get(request) ?? 0)) best.set(request, gain);
  }
  const gains = [...best.values()].sort((one, other) => other - one).slice(0, instance.givers[giver]?.capacity ?? 0);
  const sums = gains.map((_, last) => gains.slice(0, last + 1).reduce((sum, gain) => sum + gain, 0) - loadOf(instance, giver, last + 1));
  return Math.max(0, ...sums);
};

/** What each giver really gains, at the worths of the certificate. */
const gainedBy = (instance: Instance, { assigned, certificate: { served, worth } }: AssignmentResult, giver: number): number => {
  const own = instance.candidates.filter(({ request, offer }) => assigned[request] === offer && instance.offers[offer]?.giver === giver);
  return own.reduce((sum, { request, cost }) => sum + served - cost - worth[request]!, -loadOf(instance, giver, own.length));
};

/** One-to-one offers: complementary slackness, term by term. A worth is that of somebody served; a giver gains the most they could. */
const slackness = (instance: Instance, result: AssignmentResult): readonly string[] => {
  const { worth } = result.certificate;
  const idle = instance.learners.flatMap((_, request) =>
    worth[request]! > 0 && result.assigned[request]! < 0 ? [`request ${request} is worth ${worth[request]}, and unserved`] : [],
  );
  const most = instance.givers.map((_, giver) => mostOf(instance, result.certificate, giver));
  const short = most.flatMap((gain, giver) =>
    gain === gainedBy(instance, result, giver) ? [] : [`giver ${giver} gains ${gainedBy(instance, result, giver)}, and could ${gain}`],
  );
  const sum = [...worth, ...most].reduce((all, one) => all + one, 0);
  return [...idle, ...short, ...(sum === result.bound ? [] : [`the bound is ${sum}, ${result.bound} claimed`])];
};

/** What a certificate does not show, or shows wrongly, beside the optimum that is known. */
export const unproven = (instance: Instance, result: AssignmentResult, optimum: Worth): readonly string[] => {
  const { certificate, bound, gap, served, cost } = result;
  const found: string[] = [];
  const numbers = [certificate.served, bound, gap.served, gap.cost, ...certificate.worth];
  if (!numbers.every(isWhole) || certificate.worth.some((worth) => worth < 0)) found.push('a number is not whole, or a worth below 0');
  if (certificate.worth.length !== instance.learners.length) found.push('not a worth for each request');
  if (certificate.served <= dearest(instance)) found.push('to be served counts no more than all costs');
  const best = certificate.served * optimum.served - optimum.cost;
  if (best > bound) found.push(`the bound is ${bound}, the optimum ${best}`);
  if (optimum.served - served > gap.served) found.push(`${optimum.served} could be served, ${served} + ${gap.served} claimed at most`);
  if (optimum.served === served && cost - optimum.cost > gap.cost)
    found.push(`it could cost ${optimum.cost}, ${cost} − ${gap.cost} claimed at least`);
  if (!hasGroups(instance)) found.push(...slackness(instance, result));
  return found;
};
