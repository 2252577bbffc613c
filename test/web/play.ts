import type { Page } from 'playwright-core';
import type { Visitor } from './site-under-test';

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
