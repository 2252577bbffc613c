import { ChangePolicy, ChangePolicyDto } from '#application/network/change-policy';
import { NameMediator } from '#application/network/name-mediator';
import { OpenNetwork, OpenNetworkDto } from '#application/network/open-network';
import { PublishCharter, PublishCharterDto } from '#application/network/publish-charter';
import { RemoveMediator } from '#application/network/remove-mediator';
import type { MemberId } from '#domain/ids';
import { sites } from '../people';
import { dto, type Simulation } from '../simulation';
import { charters } from '../texts';

/** Reviewed every half-year, so that a year of the demo shows reviews too. */
const POLICY = { reviewMonths: 6 };

export const openNetwork = async (simulation: Simulation, label: string): Promise<void> => {
  const { lead } = simulation.staff;
  await simulation.give(
    lead,
    (envelope) =>
      new OpenNetwork(envelope, dto(OpenNetworkDto, { label, timeZone: 'Europe/Paris', defaultLanguage: 'fr', policy: POLICY })),
  );
  await simulation.give(lead, (envelope) => new PublishCharter(envelope, dto(PublishCharterDto, { text: charters[0] })));
};

const named = (simulation: Simulation, memberId: MemberId): Promise<boolean> =>
  simulation.give(simulation.staff.lead, (envelope) => new NameMediator(envelope, memberId));

const candidate = (simulation: Simulation, name: string): MemberId | null => {
  const { members, mediators } = simulation.world;
  const free = [...members.values()].filter(({ memberId, status }) => status === 'enrolled' && !mediators.has(memberId));
  return free.length === 0 ? null : simulation.random(name).of(free).memberId;
};

/** One mediator for about thirty-five members, three at least: enough that matches do not wait. */
export const keepMediators = async (simulation: Simulation): Promise<void> => {
  const enrolled = [...simulation.world.members.values()].filter(({ status }) => status === 'enrolled').length;
  const wanted = Math.min(enrolled, Math.max(3, Math.ceil(enrolled / 35)));
  for (let missing = wanted - simulation.world.mediators.size; missing > 0; missing -= 1) {
    const memberId = candidate(simulation, `mediator ${simulation.nowMs()} ${missing}`);
    if (memberId === null || !(await named(simulation, memberId))) return;
    simulation.world.mediators.add(memberId);
  }
};

/** Somebody hands the task over. */
export const changeMediator = async (simulation: Simulation): Promise<void> => {
  const [first] = simulation.world.mediators;
  if (first === undefined) return;
  await simulation.give(simulation.staff.lead, (envelope) => new RemoveMediator(envelope, first));
  const memberId = candidate(simulation, 'new mediator');
  if (memberId !== null && memberId !== first) await named(simulation, memberId);
};

/** The lead tells how many people work on each site: participation is then compared to that. */
export const declareHeadcount = async (simulation: Simulation, members: number): Promise<void> => {
  const people = [...simulation.people.values()];
  const headcount = Object.fromEntries(
    sites.map((site) => [
      `site:${site}`,
      5 + Math.round(people.filter((person) => person.site === site).length * simulation.random(site).between(2, 4)),
    ]),
  );
  if (members > 0)
    await simulation.give(simulation.staff.lead, (envelope) => new ChangePolicy(envelope, dto(ChangePolicyDto, { headcount })));
};

export const reviseCharter = (simulation: Simulation): Promise<boolean> =>
  simulation.give(simulation.staff.lead, (envelope) => new PublishCharter(envelope, dto(PublishCharterDto, { text: charters[1] })));
