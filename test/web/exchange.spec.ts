import { readFileSync } from 'node:fs';
import type { Page } from 'playwright-core';
import { violationsOf } from './accessibility';
import { agree, ask, connect, enrol, entry, fromNow, localTime, until } from './play';
import { startSite, type SiteUnderTest, type Visitor } from './site-under-test';

/** What a member reads on the screen, by language. */
const WORDS = {
  fr: {
    ...{ open: 'Ouvrir', accept: 'J’accepte', calendar: 'Ajouter à mon agenda' },
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
    ...{ open: 'Open', accept: 'I accept', calendar: 'Add to my calendar' },
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
const NEW = /nouvelle|new person/i;
const MEDIATOR = /médiation|mediator/i;
const CRITERIA = ['Le refaire seul', 'Gagner du temps'];
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
    const offerId = await enrol(giver, NEW, { name: 'Gisèle Aubry', offer: TOPIC, request: 'Prise de parole' });
    await enrol(learner, NEW, { name: 'Léon Roy', offer: 'Photographie', request: 'Relire un contrat' });
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
    await mediator.signInAs(MEDIATOR);
    await connect(mediator.page, matchId);
    await agree(mediator.page, matchId, CRITERIA);
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
