import { ChangePolicy, ChangePolicyDto } from '#application/network/change-policy';
import { NameMediator } from '#application/network/name-mediator';
import { OpenNetwork, OpenNetworkDto } from '#application/network/open-network';
import { PublishCharter, PublishCharterDto } from '#application/network/publish-charter';
import { RemoveMediator } from '#application/network/remove-mediator';
import type { MemberId } from '#domain/ids';
import { sites } from '../people';
import { dto, type Stage } from '../stage';
import { charters } from '../texts';

/** Reviewed every half-year, so that a year of the demo shows reviews too. */
const POLICY = { reviewMonths: 6 };

export const openNetwork = async (stage: Stage, label: string): Promise<void> => {
  const { lead } = stage.staff;
  await stage.give(
    lead,
    (envelope) =>
      new OpenNetwork(envelope, dto(OpenNetworkDto, { label, timeZone: 'Europe/Paris', defaultLanguage: 'fr', policy: POLICY })),
  );
  await stage.give(lead, (envelope) => new PublishCharter(envelope, dto(PublishCharterDto, { text: charters[0] })));
};

const named = (stage: Stage, memberId: MemberId): Promise<boolean> =>
  stage.give(stage.staff.lead, (envelope) => new NameMediator(envelope, memberId));

const candidate = (stage: Stage, name: string): MemberId | null => {
  const { members, mediators } = stage.book;
  const free = [...members.values()].filter(({ memberId, status }) => status === 'enrolled' && !mediators.has(memberId));
  return free.length === 0 ? null : stage.chance(name).of(free).memberId;
};

/** One mediator for about thirty-five members, three at least: enough that matches do not wait. */
export const keepMediators = async (stage: Stage): Promise<void> => {
  const enrolled = [...stage.book.members.values()].filter(({ status }) => status === 'enrolled').length;
  const wanted = Math.min(enrolled, Math.max(3, Math.ceil(enrolled / 35)));
  for (let missing = wanted - stage.book.mediators.size; missing > 0; missing -= 1) {
    const memberId = candidate(stage, `mediator ${stage.nowMs()} ${missing}`);
    if (memberId === null || !(await named(stage, memberId))) return;
    stage.book.mediators.add(memberId);
  }
};

/** Somebody hands the task over. */
export const changeMediator = async (stage: Stage): Promise<void> => {
  const [first] = stage.book.mediators;
  if (first === undefined) return;
  await stage.give(stage.staff.lead, (envelope) => new RemoveMediator(envelope, first));
  const memberId = candidate(stage, 'new mediator');
  if (memberId !== null && memberId !== first) await named(stage, memberId);
};

/** The lead tells how many people work on each site: participation is then compared to that. */
export const declareHeadcount = async (stage: Stage, members: number): Promise<void> => {
  const people = [...stage.people.values()];
  const headcount = Object.fromEntries(
    sites.map((site) => [
      `site:${site}`,
      5 + Math.round(people.filter((person) => person.site === site).length * stage.chance(site).between(2, 4)),
    ]),
  );
  if (members > 0) await stage.give(stage.staff.lead, (envelope) => new ChangePolicy(envelope, dto(ChangePolicyDto, { headcount })));
};

export const reviseCharter = (stage: Stage): Promise<boolean> =>
  stage.give(stage.staff.lead, (envelope) => new PublishCharter(envelope, dto(PublishCharterDto, { text: charters[1] })));
