import { addDays } from '#domain/calendar';
import type { SavoirsCommand } from '#domain/catalogue';
import type { DomainActor } from '#domain/vocabulary';
import type { Decider, Refusal } from '#kernel/decider';
import type { Instant } from '#kernel/id';
import fc from 'fast-check';
import { now } from '../commands';
import { play } from './histories';
import { networkFacts } from '../network-facts';
import { ana, asDataProtectionOfficer, asFacilitator, asMember, asNetworkLead, bo, cleo, fay, gus, pam, quin, system } from '../people';

/** Ana is the author or the member in question; most act as her or as the system, so that histories go far. */
export const anyActor: fc.Arbitrary<DomainActor> = fc.oneof(
  { weight: 4, arbitrary: fc.constant(asMember(ana)) },
  { weight: 3, arbitrary: fc.constant(system) },
  {
    weight: 4,
    arbitrary: fc.constantFrom(
      asMember(bo),
      asMember(cleo),
      asFacilitator(fay),
      asFacilitator(gus),
      asFacilitator(ana),
      asNetworkLead(),
      asDataProtectionOfficer(pam),
      asDataProtectionOfficer(quin),
    ),
  },
);

/** Instants a month of 30 days apart: windows named at random are sometimes those that are open. */
export const anyMoment: fc.Arbitrary<Instant> = fc.integer({ min: 0, max: 30 }).map((months) => addDays(now, 30 * months));

type Asked<Command> = Command extends { type: string; data: unknown } ? Pick<Command, Extract<keyof Command, 'type' | 'data'>> : never;

/** Commands one after the other, each 0 to 400 days after the one before. */
export const anyHistory = <Command extends SavoirsCommand>(orders: fc.Arbitrary<Asked<Command>>): fc.Arbitrary<readonly Command[]> =>
  fc.array(fc.tuple(orders, anyActor, fc.constantFrom(0, 0, 0, 10, 30, 60, 90, 400)), { maxLength: 30 }).map((asked) => {
    let at = now;
    return asked.map(([order, by, days]) => {
      at = addDays(at, days);
      return { ...order, by, at, network: networkFacts() } as unknown as Command;
    });
  });

/** R22: whatever was accepted is accepted again, and makes nothing. */
export const expectRepeatsToMakeNothing = <State, Command, Event, Why extends Refusal>(
  decider: Decider<State, Command, Event, Why>,
  commands: readonly Command[],
): void => {
  for (const { command, decision, after } of play(decider, commands))
    if (decision.kind === 'accepted') expect(decider.decide(command, after)).toEqual({ kind: 'accepted', events: [] });
};
