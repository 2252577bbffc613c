import { readFileSync } from 'node:fs';
import type { Page } from 'playwright-core';
import { violationsOf } from './accessibility';
import { startSite, type SiteUnderTest, type Visitor } from './site-under-test';

/** What a member reads on the screen, by language. */
const WORDS = {
  fr: {
    ...{ new: /nouvelle/i, mediator: /médiation/i, open: 'Ouvrir', accept: 'J’accepte', calendar: 'Ajouter à mon agenda' },
    ...{ report: 'Noter une séance qui n’était pas prévue', start: 'Début', outside: /^Dont minutes/, save: 'Enregistrer' },
    ...{ held: 'Oui, il a eu lieu', evaluate: 'Remplir ma fiche bilan', amend: 'Modifier ma fiche bilan' },
    ...{ overall: /^Dans l’ensemble/, usable: /directement utilisable/, again: /à nouveau/, yes: 'Oui', comment: /^Un mot/ },
    ...{ send: 'Envoyer ma fiche bilan', replace: 'Remplacer ma fiche bilan', sealed: /scellée\. Vous pouvez la modifier/ },
    ...{
      others: 'Ce que chacun en dit',
      hours: 'Mes heures',
      account: 'Mon compte',
      capacity: /^Combien d’échanges/,
      saved: 'C’est enregistré.',
    },
  },
  en: {
    ...{ new: /new person/i, mediator: /mediator/i, open: 'Open', accept: 'I accept', calendar: 'Add to my calendar' },
    ...{ report: 'Report a session that was not planned', start: 'Start', outside: /^Minutes of it/, save: 'Save' },
    ...{ held: 'Yes, it took place', evaluate: 'Evaluate', amend: 'Change my evaluation' },
    ...{ overall: /^Overall/, usable: /use directly/, again: /exchange again/, yes: 'Yes', comment: /^A word/ },
    ...{ send: 'Send my evaluation', replace: 'Replace my evaluation', sealed: /sealed\. You can change it/ },
    ...{
      others: 'What everybody says of it',
      hours: 'My hours',
      account: 'My account',
      capacity: /^How many exchanges/,
      saved: 'It is saved.',
    },
  },
} as const;
type Words = (typeof WORDS)['fr' | 'en'];

const TOPIC = 'Tableaux croisés dynamiques';
const CRITERIA = ['Le refaire seul', 'Gagner du temps'];
const HOUR_MS = 3_600_000;
const fromNow = (hours: number): string => new Date(Date.now() + hours * HOUR_MS).toISOString();
const two = (value: number): string => String(value).padStart(2, '0');
const localTime = (instant: string): string => {
  const date = new Date(instant);
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}T${two(date.getHours())}:${two(date.getMinutes())}`;
};

/** What the page's own script could ask of the API: for what another role does meanwhile. */
const ask = async <Answer>(page: Page, method: string, path: string, body?: unknown): Promise<Answer> =>
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

const until = async <Found>(look: () => Promise<Found | undefined>): Promise<Found> => {
  for (let tries = 0; tries < 100; tries++) {
    const found = await look();
    if (found) return found;
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
  throw new Error('waited in vain');
};

const entry = (wording: string, text: string) => ({
  ...{ wording, topic: { text }, level: 'beginner', language: 'fr', place: 'remote', availability: [], declaredProfessional: true },
});

const enrol = async (
  { page, signInAs }: Visitor,
  words: Words,
  name: string,
  [offer, request]: readonly [string, string],
): Promise<string> => {
  await signInAs(words.new);
  const { charterVersion } = await ask<{ charterVersion: number }>(page, 'GET', '/charter');
  await ask(page, 'POST', '/members', {
    charterVersion,
    profile: { name, email: 'somebody@example.org', site: 'LYO', unit: 'GUI', languages: ['fr'] },
    offers: [entry(`${offer} : transmettre`, offer)],
    requests: [entry(`${request} : apprendre`, request)],
  });
  type Own = { member: { memberId: string } | null; entries: { id: string; kind: string; status: string }[] };
  const offered = await until(async () =>
    (await ask<Own>(page, 'GET', '/members/me')).entries.find(({ kind, status }) => kind === 'offer' && status === 'published'),
  );
  return offered.id;
};

/** The mediator's part, which happens in another room. */
const mediate = async ({ page, signInAs }: Visitor, words: Words, matchId: string): Promise<void> => {
  await signInAs(words.mediator);
  const { member } = await ask<{ member: { memberId: string } }>(page, 'GET', '/members/me');
  await ask(page, 'POST', `/matches/${matchId}/connection`, { mediatorId: member.memberId, start: fromNow(-1), place: 'Salle 7' });
  await ask(page, 'POST', `/matches/${matchId}/agreement`, {
    ...{ content: 'Les bases', method: 'Sur un cas réel', place: 'Salle 7' },
    sessions: [{ start: fromNow(24), minutes: 60 }],
    criteria: CRITERIA.map((text) => ({ text })),
  });
};

const evaluate = async (
  page: Page,
  words: Words,
  { score, isLearner, comment }: { score: string; isLearner: boolean; comment: string },
) => {
  const rate = async (name: string | RegExp): Promise<void> =>
    page.getByRole('group', { name }).getByRole('radio', { name: score, exact: true }).check();
  for (const name of [words.overall, ...CRITERIA, ...(isLearner ? [words.usable] : [])]) await rate(name);
  await page.getByRole('group', { name: words.again }).getByRole('radio', { name: words.yes, exact: true }).check();
  await page.getByLabel(words.comment).fill(comment);
  await page.getByRole('button', { name: words.send }).click();
};

describe.each([
  ['fr', 1280],
  ['en', 390],
] as const)('an exchange, from the first yes to what each wrote of it, in %s at %i pixels', (language, width) => {
  const words = WORDS[language];
  let site: SiteUnderTest;
  beforeAll(async () => void (site = await startSite()), 180_000);
  afterAll(async () => await site?.close());

  it('is accepted, reported, confirmed, evaluated and counted through the pages (R12, R13, R20)', async () => {
    const [giver, learner, mediator] = [
      await site.visit({ language, width }),
      await site.visit({ language, width }),
      await site.visit({ language }),
    ];
    const offerId = await enrol(giver, words, 'Gisèle Aubry', [TOPIC, 'Prise de parole']);
    await enrol(learner, words, 'Léon Roy', ['Photographie', 'Relire un contrat']);
    const { matchId } = await ask<{ matchId: string }>(learner.page, 'POST', `/offers/${offerId}/ask`, {
      content: entry('Suivre mes chiffres', TOPIC),
    });
    const home = new URL(giver.page.url()).pathname.replace(/\/join$/, '');
    const openHome = ({ page }: Visitor) => page.goto(`${site.url}${home}`);
    const openWaiting = async (visitor: Visitor): Promise<void> => {
      await openHome(visitor);
      await visitor.page.getByRole('link', { name: words.open, exact: true }).first().click();
    };
    await until(async () => (await ask<{ items: unknown[] }>(giver.page, 'GET', '/match-queue')).items[0]);
    await openWaiting(giver);
    await giver.page.getByRole('button', { name: words.accept }).click();
    await until(async () => {
      const { match } = await ask<{ match: { status: string } }>(giver.page, 'GET', `/matches/${matchId}`);
      return match.status === 'confirmed' || undefined;
    });
    await mediate(mediator, words, matchId);
    const { exchangeId } = await until(
      async () => (await ask<{ exchanges: { exchangeId: string }[] }>(learner.page, 'GET', '/exchanges')).exchanges[0],
    );

    await openHome(learner);
    await learner.page.getByRole('link', { name: TOPIC }).first().click();
    const download = learner.page.waitForEvent('download');
    await learner.page.getByRole('button', { name: words.calendar }).click();
    const calendar = readFileSync(await (await download).path(), 'utf8');
    expect(calendar).toMatch(/BEGIN:VEVENT\r\nUID:.*@savoirs\r\nDTSTAMP:\d{8}T\d{6}Z\r\nDTSTART:\d{8}T\d{6}Z\r\nDTEND:/);
    expect(await violationsOf(learner.page)).toEqual([]);

    await learner.page.getByRole('button', { name: words.report }).click();
    const dialog = learner.page.getByRole('dialog');
    await dialog.getByLabel(words.start).fill(localTime(fromNow(-2)));
    await dialog.getByLabel(words.outside).fill('15');
    await dialog.getByRole('button', { name: words.save }).click();
    await learner.page.getByRole('button', { name: words.held }).click();
    await learner.page.getByRole('button', { name: words.held }).waitFor({ state: 'detached' });

    await until(async () => {
      const { items } = await ask<{ items: { why: string }[] }>(giver.page, 'GET', '/match-queue');
      return items.find(({ why }) => why === 'confirm-held');
    });
    await openWaiting(giver);
    await giver.page.getByRole('button', { name: words.held }).click();
    await giver.page.getByRole('link', { name: words.evaluate }).click();
    await evaluate(giver.page, words, { score: '5', isLearner: false, comment: 'Un vrai plaisir.' });
    await giver.page.getByText(words.sealed).waitFor();
    await giver.page.getByRole('link', { name: words.amend }).click();
    await giver.page.getByLabel(words.comment).fill('Un plaisir partagé.');
    await giver.page.getByRole('button', { name: words.replace }).click();
    await giver.page.getByText(words.sealed).waitFor();

    await openHome(learner);
    await learner.page.goto(`${site.url}${home}/exchanges/${exchangeId}`);
    await learner.page.getByRole('link', { name: words.evaluate }).click();
    expect(await violationsOf(learner.page)).toEqual([]);
    expect(await learner.page.getByText('Un plaisir partagé.').count()).toBe(0);
    await evaluate(learner.page, words, { score: '4', isLearner: true, comment: 'Je le refais seul.' });
    await learner.page.getByRole('heading', { name: words.others }).waitFor();
    await learner.page.getByText('Un plaisir partagé.').waitFor();
    expect([...giver.complaints, ...learner.complaints]).toEqual([]);

    await learner.follow(words.hours);
    await learner.page
      .getByRole('cell', { name: language === 'fr' ? '0,25 h' : '0.25 h' })
      .first()
      .waitFor();
    expect(await violationsOf(learner.page)).toEqual([]);
    await learner.follow(words.account);
    await learner.page.getByLabel(words.capacity).fill('3');
    const capacity = learner.page.locator('form').filter({ has: learner.page.getByLabel(words.capacity) });
    await capacity.getByRole('button', { name: words.save }).click();
    await capacity.getByText(words.saved).waitFor();
    expect(await violationsOf(learner.page)).toEqual([]);
    expect(learner.complaints).toEqual([]);
  }, 180_000);
});
