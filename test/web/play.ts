import type { Page } from 'playwright-core';
import type { SiteUnderTest, Visitor } from './site-under-test';

/** What happens in other rooms meanwhile: through the API, as the page's own script could ask it. */

const HOUR_MS = 3_600_000;
export const fromNow = (hours: number): string => new Date(Date.now() + hours * HOUR_MS).toISOString();
const two = (value: number): string => String(value).padStart(2, '0');
export const localTime = (instant: string): string => {
  const date = new Date(instant);
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}T${two(date.getHours())}:${two(date.getMinutes())}`;
};

/** What the page's own script could ask of the API: for what another role does meanwhile. */
export const ask = async <Answer>(page: Page, method: string, path: string, body?: unknown): Promise<Answer> =>
  page.evaluate(
    async (of) => {
      const init = of.body === undefined ? {} : { body: JSON.stringify(of.body), headers: { 'content-type': 'application/json' } };
      const response = await fetch(`/networks/${of.network}${of.path}`, { method: of.method, ...init });
      const answer: unknown = await response.json();
      if (!response.ok) throw new Error(`${of.method} ${of.path}: ${JSON.stringify(answer)}`);
      return answer as never;
    },
    { network: new URL(page.url()).pathname.split('/')[2], method, path, body },
  );

export const until = async <Found>(look: () => Promise<Found | undefined>): Promise<Found> => {
  for (let tries = 0; tries < 100; tries++) {
    const found = await look();
    if (found) return found;
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
  throw new Error('waited in vain');
};

export const entry = (wording: string, text: string) => ({
  ...{ wording, topic: { text }, level: 'beginner', language: 'fr', place: 'remote', availability: [], declaredProfessional: true },
});

export interface OwnExchange {
  readonly exchangeId: string;
  readonly participants: readonly { readonly topic?: { readonly text: string | null } | null }[];
}

/** On the development provider's page: by the button of that name, or by the subject that a token would have. */
export const choosePerson = async (page: Page, who: RegExp | string): Promise<void> => {
  if (typeof who === 'string') {
    const field = page.locator('#subject');
    await field.fill(who);
    await field.press('Enter');
  } else await page.getByRole('button', { name: who }).first().click();
  await page.waitForURL(/\/n\//);
};

/** Somebody new enters; answers the id of their offer once everybody can see it. */
export const enrol = async (
  { page, signInAs }: Visitor,
  who: RegExp | string,
  { name, offer, request }: { readonly name: string; readonly offer: string; readonly request: string },
): Promise<string> => {
  await signInAs(who);
  const { charterVersion } = await ask<{ charterVersion: number }>(page, 'GET', '/charter');
  await ask(page, 'POST', '/members', {
    charterVersion,
    profile: { name, email: 'somebody@example.org', site: 'LYO', unit: 'GUI', languages: ['fr'] },
    offers: [entry(`${offer} : transmettre`, offer)],
    requests: [entry(`${request} : apprendre`, request)],
  });
  type Own = { entries: { id: string; kind: string; status: string }[] };
  const offered = await until(async () =>
    (await ask<Own>(page, 'GET', '/members/me')).entries.find(({ kind, status }) => kind === 'offer' && status === 'published'),
  );
  return offered.id;
};

/** A mediator says when and where a match's people meet. */
export const connect = async (page: Page, matchId: string): Promise<void> => {
  const { member } = await ask<{ member: { memberId: string } }>(page, 'GET', '/members/me');
  await ask(page, 'POST', `/matches/${matchId}/connection`, { mediatorId: member.memberId, start: fromNow(-1), place: 'Salle 7' });
};

export const agree = async (page: Page, matchId: string, criteria: readonly string[]): Promise<void> =>
  ask(page, 'POST', `/matches/${matchId}/agreement`, {
    ...{ content: 'Les bases', method: 'Sur un cas réel', place: 'Salle 7' },
    sessions: [{ start: fromNow(24), minutes: 60 }],
    criteria: criteria.map((text) => ({ text })),
  });

/** Somebody who teaches publishes one more offer. */
export const publish = async (giver: Page, topic: string): Promise<string> => {
  const content = entry(`${topic} : transmettre`, topic);
  const { offerId, position } = await ask<{ offerId: string; position: string }>(giver, 'POST', '/offers', { content });
  await ask(giver, 'GET', `/members/me?after=${position}`);
  return offerId;
};

/** Somebody asks for an offer; answers the match once its other side may answer it. */
export const openMatch = async ({ giver, learner }: { readonly giver: Page; readonly learner: Page }, topic: string): Promise<string> => {
  const asked = { content: entry('Suivre cela', topic) };
  const { matchId } = await ask<{ matchId: string }>(learner, 'POST', `/offers/${await publish(giver, topic)}/ask`, asked);
  await statusIs(giver, matchId, 'opened');
  return matchId;
};

const statusIs = (page: Page, matchId: string, wanted: string): Promise<true> =>
  until(async () => {
    const seen = await ask<{ match: { status: string } }>(page, 'GET', `/matches/${matchId}`).catch(() => null);
    return seen?.match.status === wanted || undefined;
  });

export const confirmedMatch = async (pair: { readonly giver: Page; readonly learner: Page }, topic: string): Promise<string> => {
  const matchId = await openMatch(pair, topic);
  await ask(pair.giver, 'POST', `/matches/${matchId}/acceptance`);
  await statusIs(pair.giver, matchId, 'confirmed');
  return matchId;
};

/** From an offer to an agreed exchange. */
export const exchangeOf = async (
  { mediator, ...pair }: { readonly giver: Page; readonly learner: Page; readonly mediator: Page },
  topic: string,
): Promise<string> => {
  const matchId = await confirmedMatch(pair, topic);
  await connect(mediator, matchId);
  await agree(mediator, matchId, ['Le refaire seul']);
  return until(async () => {
    const { exchanges } = await ask<{ exchanges: OwnExchange[] }>(pair.learner, 'GET', '/exchanges');
    return exchanges.find((one) => one.participants.some((who) => who.topic?.text === topic))?.exchangeId;
  });
};

/** A session took place three hours ago, all were there, both sides say that it was held. */
export const hold = async ({ giver, learner }: { readonly giver: Page; readonly learner: Page }, exchangeId: string): Promise<void> => {
  type Held = { exchange: { participants: { memberId: string; role: string }[] } };
  const { exchange } = await ask<Held>(learner, 'GET', `/exchanges/${exchangeId}`);
  await ask(learner, 'POST', `/exchanges/${exchangeId}/session-reports`, {
    ...{ start: fromNow(-3), minutes: 60 },
    present: exchange.participants.map(({ memberId, role }) => ({ memberId, role, minutesOutside: 0 })),
  });
  for (const page of [learner, giver]) await ask(page, 'POST', `/exchanges/${exchangeId}/held-confirmation`);
};

/** Somebody who teaches takes several at once. */
export const takesMany = async (giver: Page): Promise<void> => {
  const { member } = await ask<{ member: { memberId: string } }>(giver, 'GET', '/members/me');
  await ask(giver, 'PUT', `/members/${member.memberId}/capacity`, { capacity: 20 });
};

const MEMBERS = 40;

/**
 * A demo in which somebody is very likely asked whether they use what they learnt, whatever the day: so many people exchange in its third
 * month, 60 to 90 days ago, and four in ten of them never answer.
 */
export const DEMO_WITH_FOLLOW_UPS = ['--members', String(MEMBERS), '--months', '5'];

/** Of that demo, whose follow-up is due, and of which exchange. */
export const followUpOf = async (site: SiteUnderTest): Promise<{ readonly subject: string; readonly exchangeId: string }> => {
  type Queue = { items?: readonly { why: string; id: string }[] };
  for (let number = 0; number < MEMBERS; number++) {
    const subject = `demo-${number}`;
    const { body } = await (await site.person(subject)).get('match-queue?limit=200');
    const due = (body as Queue).items?.find(({ why }) => why === 'follow-up');
    if (due) return { subject, exchangeId: due.id };
  }
  throw new Error('nobody of the demo has a follow-up that is due');
};
