import type { Page } from 'playwright-core';
import type { Person } from '#test/e2e/harness/person-at';
import { eventually, ok } from '#test/e2e/harness/asking';
import { agree, ask, confirmedMatch, connect, entry, exchangeOf, fromNow, hold, openMatch, publish, takesMany } from '../play';
import type { SiteUnderTest, Visitor } from '../site-under-test';
import { MEMBERS, PEOPLE, type MemberName, type Who } from './people';

/** What the forms are about, by id. */
export interface Stage {
  readonly members: Readonly<Record<MemberName, string>>;
  readonly matches: Readonly<
    Record<'toAccept' | 'toDecline' | 'toConnect' | 'toAgree' | 'toGiveUp' | 'waived' | 'waivedToGiveUp' | 'recorded', string>
  >;
  readonly exchanges: Readonly<
    Record<'agreed' | 'held' | 'halfHeld' | 'oneSided' | 'toCancel' | 'toInterrupt' | 'toDropOut' | 'disputed' | 'followUp', string>
  >;
  readonly cases: Readonly<Record<'offerContest' | 'requestContest' | 'dispute' | 'incident' | 'assessed', string>>;
  readonly offerId: string;
  readonly eventId: string;
}

export const TOPIC = 'Conduire une réunion';

type Pair = Record<'giver' | 'learner' | 'mediator', Page>;
type Exchanges = Omit<Stage['exchanges'], 'followUp'>;

const inTurn = async <Name extends string>(topics: Record<Name, string>, make: (topic: string) => Promise<string>) => {
  const made: [string, string][] = [];
  for (const [name, topic] of Object.entries<string>(topics)) made.push([name, await make(topic)]);
  return Object.fromEntries(made) as Record<Name, string>;
};

/** Somebody’s report of a session so many hours ago, at which these were. */
const report = async (page: Page, exchangeId: string, hours: number, roles: readonly string[]): Promise<void> => {
  type Seen = { exchange: { participants: { memberId: string; role: string }[] } };
  const { exchange } = await ask<Seen>(page, 'GET', `/exchanges/${exchangeId}`);
  const present = exchange.participants
    .filter(({ role }) => roles.includes(role))
    .map(({ memberId, role }) => ({ memberId, role, minutesOutside: 0 }));
  await ask(page, 'POST', `/exchanges/${exchangeId}/session-reports`, { start: fromNow(-hours), minutes: 60, present });
};

const playExchanges = async (pair: Pair, learnerId: string): Promise<Exchanges> => {
  const exchanges = await inTurn(
    {
      agreed: 'Tableaux croisés dynamiques',
      held: 'Lire un plan de charge',
      halfHeld: 'Tenir un standard',
      oneSided: 'Relire un rapport',
      toCancel: 'Monter un étal',
      toInterrupt: 'Animer un atelier',
      toDropOut: 'Trier des archives',
      disputed: 'Lire un bilan',
    },
    (topic) => exchangeOf(pair, topic),
  );
  await hold(pair, exchanges.held);
  for (const hours of [5, 3]) await report(pair.giver, exchanges.halfHeld, hours, ['giver']);
  for (const one of [exchanges.oneSided, exchanges.toInterrupt]) await report(pair.giver, one, 3, ['giver', 'learner']);
  type Seen = { exchange: { sessions: { sessionId: string; start: string; held: boolean }[] } };
  const { exchange } = await ask<Seen>(pair.giver, 'GET', `/exchanges/${exchanges.halfHeld}`);
  const [first] = exchange.sessions.filter(({ held }) => held).sort((one, other) => one.start.localeCompare(other.start));
  await ask(pair.giver, 'POST', `/exchanges/${exchanges.halfHeld}/sessions/${first!.sessionId}/no-shows`, { memberId: learnerId });
  return exchanges;
};

const playMatches = async (pair: Pair, lead: Person): Promise<Stage['matches']> => {
  const open = await inTurn({ toAccept: 'Prendre des notes', toDecline: 'Classer un dossier' }, (topic) => openMatch(pair, topic));
  const toConnect = await confirmedMatch(pair, 'Rédiger une note');
  const connected = await inTurn({ toAgree: 'Préparer un devis', toGiveUp: 'Lire un contrat' }, async (topic) => {
    const matchId = await confirmedMatch(pair, topic);
    await connect(pair.mediator, matchId);
    return matchId;
  });
  ok(await lead.send('PATCH', 'policy', { waiveConnectionForKnownPairs: true }));
  const waived = await inTurn({ waived: 'Régler une machine', waivedToGiveUp: 'Planifier un mois', recorded: 'Ranger un stock' }, (topic) =>
    confirmedMatch(pair, topic),
  );
  await agree(pair.giver, waived.recorded, ['Le refaire seul']);
  return { ...open, toConnect, ...connected, ...waived };
};

const idOf = (answer: { readonly body: unknown }, name: string): string => (answer.body as Record<string, string>)[name]!;

const openCases = async (site: SiteUnderTest, pair: Pair, disputed: string): Promise<Stage['cases']> => {
  const [leaver, odette] = await Promise.all([site.person(PEOPLE.leaver), site.person(PEOPLE.odette)]);
  const facilitator = await site.person(PEOPLE.facilitator, ['facilitator']);
  const contest = { kind: 'misleading', text: 'Une heure n’y suffit pas.' };
  const offerContest = await publish(pair.giver, 'Garder des enfants');
  const requestContest = idOf(ok(await odette.post('requests', { content: entry('Faire garder', 'Faire garder un chien') })), 'requestId');
  ok(await leaver.post(`offers/${offerContest}/contest`, contest));
  ok(await leaver.post(`requests/${requestContest}/contest`, contest));
  const report = async (): Promise<string> =>
    idOf(ok(await leaver.post('incidents', { kind: 'behaviour', text: 'Des mots blessants.' })), 'incidentId');
  const [incident, assessed] = [await report(), await report()];
  ok(await facilitator.post(`incidents/${assessed}/assessment`, { action: 'Un entretien mardi.' }));
  const since = fromNow(-1);
  await ask(pair.learner, 'POST', `/exchanges/${disputed}/disputes`, { kind: 'organisation', text: 'La salle était prise.' });
  type CaseList = { readonly cases: readonly { readonly id: string; readonly kind: string; readonly openedAt: string }[] };
  const dispute = await eventually(async () => {
    const { cases } = ok(await facilitator.get('cases?limit=200')).body as CaseList;
    return cases.filter(({ kind, openedAt }) => kind === 'dispute' && openedAt > since)[0]?.id;
  });
  return { offerContest, requestContest, incident, assessed, dispute };
};

/** Two people who were entered at a fair, a second mediator, a pair kept apart, two erasures that wait, a new charter, a parked event. */
const setTheDesks = async (site: SiteUnderTest, lead: Person, members: Stage['members']): Promise<void> => {
  const facilitator = await site.person(PEOPLE.facilitator, ['facilitator']);
  const officer = await site.person(PEOPLE.officer, ['data-protection-officer']);
  for (const subject of [PEOPLE.entered, PEOPLE.removed]) {
    const profile = { name: 'Zoé Martin', email: 'zoe@example.org', site: 'LYO', unit: 'GUI', languages: ['fr'] };
    const [offers, requests] = [[entry('Compter', 'Tableur')], [entry('Pédaler', 'Vélo')]].map((entries) =>
      entries.map((one) => ({ ...one, declaredProfessional: false })),
    );
    ok(await facilitator.post('members/on-behalf', { subject, entry: 'fair', profile, offers, requests }));
  }
  ok(await lead.send('PUT', `mediators/${members.basile}`));
  ok(await facilitator.post('forbidden-pairs', { one: members.basile, other: members.celie, reason: 'Les deux le demandent.' }));
  for (const member of [members.basile, members.xavier]) ok(await officer.post(`members/${member}/erasure-request`));
  ok(await lead.post('charter', { text: { fr: 'Chacun offre, chacun demande, chacun écoute.' } }));
  const pausing = await site.person(PEOPLE.pausing);
  ok(await pausing.post(`members/${members.pausing}/pause`, { until: fromNow(24 * 20) }));
  await site.database.query(
    `insert into read.parked (projection, unknown, key, position, event_id, type, stream, revision, fault, attempts)
     select p.id, false, right(e.stream, 36), e.position, e.event_id, e.type, e.stream, e.revision, 'TypeError', 1
     from read.projection p, (select * from log.events where type = 'OfferPublished' order by position limit 1) e
     where p.name = 'directory' and p.state = 'active'`,
  );
};

export const setTheStage = async (
  site: SiteUnderTest,
  visitors: Readonly<Record<Who, Visitor>>,
  known: Pick<Stage, 'members'> & { readonly followUp: string },
): Promise<Stage> => {
  const { members, followUp } = known;
  const pair = { giver: visitors.giver.page, learner: visitors.learner.page, mediator: visitors.mediator.page };
  const lead = await site.person(PEOPLE.lead, ['network-lead']);
  await takesMany(pair.giver);
  const exchanges = await playExchanges(pair, members.learner);
  const matches = await playMatches(pair, lead);
  const cases = await openCases(site, pair, exchanges.disputed);
  await setTheDesks(site, lead, members);
  const { rows } = await site.database.query<{ event_id: string }>('select event_id from log.events where stream = $1 limit 1', [
    `exchange-${exchanges.held}`,
  ]);
  const [offerId, eventId] = [await publish(pair.giver, TOPIC), rows[0]!.event_id];
  return { members, matches, cases, exchanges: { ...exchanges, followUp }, offerId, eventId };
};

export const nameOf = (member: MemberName): string => MEMBERS[member];
