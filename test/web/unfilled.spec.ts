import type { Locator, Page } from 'playwright-core';
import { violationsOf } from './accessibility';
import { ask, enrol, exchangeOf, hold, until } from './play';
import { startSite, type SiteUnderTest, type Visitor } from './site-under-test';

/** What somebody reads on the screen who sends a form too early, by language. */
const WORDS = {
  fr: {
    ...{ needed: 'Une réponse est nécessaire.', report: 'Signaler', pause: 'Me mettre en pause', evaluate: 'Envoyer ma fiche bilan' },
    ...{ dispute: 'Ouvrir un litige', contest: /^Contester/ },
    ...{ enter: 'Entrer dans le réseau', accept: 'J’ai lu la charte et je l’accepte.', acceptFirst: 'Acceptez la charte pour entrer.' },
    ...{
      email: 'Vous, Adresse électronique professionnelle :',
      topic: 'Votre première offre, Thème :',
      level: 'Votre première demande, Niveau du contenu :',
    },
  },
  en: {
    ...{ needed: 'An answer is needed.', report: 'Report it', pause: 'Pause me', evaluate: 'Send my evaluation' },
    ...{ dispute: 'Open a dispute', contest: /^Contest/ },
    ...{ enter: 'Enter the network', accept: 'I have read the charter and accept it.', acceptFirst: 'Accept the charter to enter.' },
    ...{ email: 'You, Work e-mail address:', topic: 'Your first offer, Topic:', level: 'Your first request, Level of the content:' },
  },
} as const;

let site: SiteUnderTest;
beforeAll(async () => void (site = await startSite()), 180_000);
afterAll(async () => await site?.close());

describe.each([
  ['fr', 1280],
  ['en', 390],
] as const)('a form that is sent too early, in %s at %i pixels', (language, width) => {
  const words = WORDS[language];
  let giver: Visitor;
  let learner: Visitor;
  let home: string;
  let exchangeId: string;
  beforeAll(async () => {
    const come = () => site.visit({ language, width });
    const mediator = await come();
    [giver, learner] = await Promise.all([come(), come()]);
    await Promise.all([
      enrol(giver, `early-giver-${language}`, { name: 'Gisèle Aubry', offer: 'Offre de Gisèle', request: 'Demande de Gisèle' }),
      enrol(learner, `early-learner-${language}`, { name: 'Léon Roy', offer: 'Offre de Léon', request: 'Demande de Léon' }),
      mediator.signInAs(/médiation|mediator/),
    ]);
    home = `${site.url}${new URL(giver.page.url()).pathname.split('/').slice(0, 3).join('/')}`;
    exchangeId = await exchangeOf({ giver: giver.page, learner: learner.page, mediator: mediator.page }, 'Lire un bilan');
    await hold({ giver: giver.page, learner: learner.page }, exchangeId);
    type Read = { exchange: { status: string } };
    await until(async () => (await ask<Read>(giver.page, 'GET', `/exchanges/${exchangeId}`)).exchange.status === 'held' || undefined);
  }, 60_000);

  /** The button is pressed: so many fields say that they are needed, the first of them has the focus, and nothing was sent. */
  const sendsNothing = async (page: Page, form: Locator, fields: number): Promise<void> => {
    const sent: string[] = [];
    page.on('request', (request) => {
      if (request.method() !== 'GET') sent.push(request.url());
    });
    await form.locator('button[type=submit]').click();
    await form.getByText(words.needed).first().waitFor();
    expect(await form.getByText(words.needed).count()).toBe(fields);
    const first = form.locator('.field').filter({ hasText: words.needed }).first();
    await first.locator(':focus').waitFor();
    expect(await violationsOf(page)).toEqual([]);
    expect(sent).toEqual([]);
    page.removeAllListeners('request');
  };
  const formWith = (page: Page, button: string): Locator =>
    page.locator('form').filter({ has: page.getByRole('button', { name: button, exact: true }) });

  it('says at each question of an evaluation that it is to be answered (R13)', async () => {
    for (const [{ page }, questions] of [
      [giver, 3],
      [learner, 4],
    ] as const) {
      await page.goto(`${home}/exchanges/${exchangeId}/evaluation`);
      await sendsNothing(page, formWith(page, words.evaluate), questions);
    }
  });

  it('says so of an incident, a pause, a dispute and what is contested', async () => {
    const { page } = learner;
    await page.goto(`${home}/incident`);
    await sendsNothing(page, formWith(page, words.report), 2);
    await page.goto(`${home}/account`);
    await sendsNothing(page, formWith(page, words.pause), 1);
    await page.goto(`${home}/exchanges/${exchangeId}`);
    await page.getByRole('button', { name: words.dispute }).click();
    await sendsNothing(page, page.getByRole('dialog').locator('form'), 2);
    await page.goto(`${home}/directory`);
    const others = page.getByRole('article').filter({ hasText: 'Gisèle' }).first();
    await others.getByRole('button', { name: words.contest }).click();
    await sendsNothing(page, page.getByRole('dialog').locator('form'), 2);
  });

  it('names in its summary each field as the form labels it, with its part where there are several', async () => {
    const { page, signInAs } = await site.visit({ language, width });
    await signInAs(`early-newcomer-${language}`);
    await page.getByRole('button', { name: words.enter }).click();
    await page.getByText(words.acceptFirst).waitFor();
    expect(await page.getByLabel(words.accept).and(page.locator(':focus')).count()).toBe(1);
    await page.getByLabel(words.accept).check();
    await page.getByRole('button', { name: words.enter }).click();
    const summary = page.getByRole('alert');
    for (const named of [words.email, words.topic, words.level]) await summary.getByText(named, { exact: true }).waitFor();
    await summary.getByRole('listitem').filter({ hasText: words.level }).getByText(words.needed).waitFor();
    expect(await summary.textContent()).not.toMatch(/\/(profile|offers|requests)|beginner|A field of this page|Un champ de cette page/);
  });
});
