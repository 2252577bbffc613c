import { ok } from '#test/e2e/harness/asking';
import { entry } from '../play';
import type { SiteUnderTest } from '../site-under-test';

/** Members of the test’s own: each with an offer and a request. */
export const MEMBERS = {
  giver: 'Gisèle Aubry',
  learner: 'Léon Roy',
  leaver: 'Lou Petit',
  pausing: 'Paul Noël',
  leaving: 'Line Colin',
  erasing: 'Erwan Simon',
  odette: 'Odette Quenouille',
  basile: 'Basile Quenouille',
  celie: 'Célie Quenouille',
  xavier: 'Xavier Morel',
} as const;
export type MemberName = keyof typeof MEMBERS;

/** Who signs in, by the subject of their token, or by the button of the development provider’s page. */
export const PEOPLE = {
  ...(Object.fromEntries(Object.keys(MEMBERS).map((name) => [name, `form-${name}`])) as Readonly<Record<MemberName, string>>),
  newcomer: 'form-newcomer',
  entered: 'form-entered',
  removed: 'form-removed',
  mediator: /médiation/,
  facilitator: 'demo-facilitator',
  lead: 'demo-lead',
  operator: 'demo-operator',
  auditor: 'demo-auditor',
  officer: 'demo-protection',
  secondOfficer: 'demo-protection-2',
} as const;

/** `follower` is whoever of the demo is asked whether they use what they learnt. */
export type Who = keyof typeof PEOPLE | 'follower';

/** Enters a member; answers their id once their page is there. */
export const enter = async (site: SiteUnderTest, name: MemberName): Promise<string> => {
  const person = await site.person(PEOPLE[name]);
  const called = MEMBERS[name];
  const { charterVersion } = ok(await person.get('charter')).body as { charterVersion: number };
  const profile = { name: called, email: 'somebody@example.org', site: 'LYO', unit: 'GUI', languages: ['fr'] };
  const offers = [entry(`Transmettre à la façon de ${called}`, `Offre de ${called}`)];
  const requests = [entry(`Apprendre pour ${called}`, `Demande de ${called}`)];
  const { position } = ok(await person.post('members', { charterVersion, profile, offers, requests })).body as { position: string };
  const { body } = ok(await person.get(`members/me?after=${position}`));
  return (body as { member: { memberId: string } }).member.memberId;
};
