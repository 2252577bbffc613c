import { readFileSync } from 'node:fs';
import type { Page } from 'playwright-core';
import { violationsOf } from './accessibility';
import { enterNetwork } from './entering';
import { ask, fromNow, localTime, until } from './play';
import { startSite, type SiteUnderTest, type Visitor } from './site-under-test';

/** What a member reads on the screen, by language. */
const WORDS = {
  fr: {
    new: /nouvelle/i,
    mediator: /médiation/i,
    facilitator: /^animation/,
    lead: /^responsable/,
    auditor: /^audit/,
    topic: 'Tableaux croisés dynamiques',
    rare: 'Enluminure',
    other: 'Apiculture',
    teaches: 'Montrer comment on fait',
    wants: 'Le faire',
    heldRow: /^Échanges tenus/,
    run: 'Lancer le tour',
    plan: 'Planifier',
    when: 'Date et heure',
    place: 'Lieu',
    tell: 'Prévenir tout le monde',
    method: /^Méthode/,
    agreedPlace: /^Lieu de l’échange/,
    addCriterion: 'Ajouter un critère',
    criterion: 'Critère',
    record: 'Enregistrer le contrat',
    recorded: 'Contrat enregistré',
    motive: 'Motif',
    replay: 'Rejouer',
    heldEvent: 'Échange tenu',
    open: 'Ouvrir',
    accept: 'J’accepte',
    calendar: 'Ajouter à mon agenda',
    report: 'Noter une séance qui n’était pas prévue',
    start: 'Début',
    outside: /^Dont minutes/,
    save: 'Enregistrer',
    held: 'Oui, il a eu lieu',
    evaluate: 'Remplir ma fiche bilan',
    amend: 'Modifier ma fiche bilan',
    overall: /^Dans l’ensemble/,
    usable: /directement utilisable/,
    again: /à nouveau/,
    yes: 'Oui',
    comment: /^Un mot/,
    send: 'Envoyer ma fiche bilan',
    replace: 'Remplacer ma fiche bilan',
    sealed: /scellée\. Vous pouvez la modifier/,
    others: 'Ce que chacun en dit',
    hours: 'Mes heures',
    account: 'Mon compte',
    capacity: /^Combien d’échanges/,
    saved: 'C’est enregistré.',
  },
  en: {
    new: /new person/i,
    mediator: /mediator/i,
    facilitator: /^facilitator/,
    lead: /^network lead/,
    auditor: /^auditor/,
    topic: 'Pivot tables',
    rare: 'Illumination',
    other: 'Beekeeping',
    teaches: 'Show how it is done',
    wants: 'Do it',
    heldRow: /^Held/,
    run: 'Run the round',
    plan: 'Plan',
    when: 'Date and time',
    place: 'Place',
    tell: 'Tell everybody',
    method: /^Method/,
    agreedPlace: /^Place of the exchange/,
    addCriterion: 'Add a criterion',
    criterion: 'Criterion',
    record: 'Record the agreement',
    recorded: 'Agreement recorded',
    motive: 'Motive',
    replay: 'Replay',
    heldEvent: 'Exchange held',
    open: 'Open',
    accept: 'I accept',
    calendar: 'Add to my calendar',
    report: 'Report a session that was not planned',
    start: 'Start',
    outside: /^Minutes of it/,
    save: 'Save',
    held: 'Yes, it took place',
    evaluate: 'Evaluate',
    amend: 'Change my evaluation',
    overall: /^Overall/,
    usable: /use directly/,
    again: /exchange again/,
    yes: 'Yes',
    comment: /^A word/,
    send: 'Send my evaluation',
    replace: 'Replace my evaluation',
    sealed: /sealed\. You can change it/,
    others: 'What everybody says of it',
    hours: 'My hours',
    account: 'My account',
    capacity: /^How many exchanges/,
    saved: 'It is saved.',
  },
} as const;
type Words = (typeof WORDS)['fr' | 'en'];

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

let site: SiteUnderTest;
beforeAll(async () => void (site = await startSite()), 180_000);
afterAll(async () => await site?.close());

const FORMS = [
  ['fr', 1280],
  ['en', 390],
  ['fr', 390],
  ['en', 1280],
] as const;
/** `LOOP=all` lives it in each language at each width; the gate in each once. */
const IN_THE_GATE = 2;

describe.each(process.env['LOOP'] === 'all' ? FORMS : FORMS.slice(0, IN_THE_GATE))(
  'an exchange of knowledge, from two entries to its figures and its history, in %s at %i pixels',
  (language, width) => {
    const words = WORDS[language];
    // a round of one form could else bring in those of another
    const topic = `${words.topic} ${width}`;

    it('is lived through the pages by two members, a facilitator and a mediator; a lead and an auditor follow (R1–R20)', async () => {
      const come = () => site.visit({ language, width });
      const [giver, learner, facilitator, mediator, lead, auditor] = await Promise.all([come(), come(), come(), come(), come(), come()]);
      for (const [{ page, signInAs }, entry] of [
        [giver, { name: 'Gisèle Aubry', offer: [topic, words.teaches], request: [words.rare, words.wants] }],
        [learner, { name: 'Léon Roy', offer: [words.other, words.teaches], request: [topic, words.wants] }],
      ] as const) {
        await signInAs(words.new);
        await enterNetwork(page, language, entry);
        await page.getByRole('heading', { level: 1, name: new RegExp(entry.name.split(' ')[0]!) }).waitFor();
      }
      const home = new URL(giver.page.url()).pathname;
      const waitsFor = async ({ page }: Visitor): Promise<void> => {
        const item = page.getByRole('listitem').filter({ hasText: topic }).getByRole('link', { name: words.open, exact: true }).first();
        await until(async () => {
          await page.goto(`${site.url}${home}`);
          await page.getByRole('heading', { level: 1 }).waitFor();
          return item.waitFor({ timeout: 1000 }).then(
            () => true,
            () => undefined,
          );
        });
        await item.click();
      };

      await lead.signInAs(words.lead);
      await lead.page.goto(`${site.url}${home}/dashboards/flow`);
      const heldBefore = lead.page.getByRole('row', { name: words.heldRow });
      const before = Number((await heldBefore.getByRole('cell').first().textContent())!.replace(/\D/g, ''));

      await facilitator.signInAs(words.facilitator);
      await facilitator.page.goto(`${site.url}${home}/facilitation/rounds`);
      await facilitator.page.getByRole('button', { name: words.run }).click();
      await facilitator.page.getByRole('dialog').getByRole('button', { name: words.run }).click();
      await facilitator.page.waitForURL('**/rounds/*');
      await facilitator.page.getByText(topic).first().waitFor();

      for (const person of [giver, learner]) {
        await waitsFor(person);
        await person.page.getByRole('button', { name: words.accept }).click();
        await person.page.getByRole('button', { name: words.accept }).waitFor({ state: 'detached' });
      }
      await mediator.signInAs(words.mediator);
      const planned = mediator.page.getByRole('listitem').filter({ hasText: topic }).getByRole('link', { name: words.plan, exact: true });
      await until(async () => {
        await mediator.page.goto(`${site.url}${home}/mediation`);
        return planned.waitFor({ timeout: 1000 }).then(
          () => true,
          () => undefined,
        );
      });
      await planned.click();
      await mediator.page.getByLabel(words.when).fill(localTime(fromNow(-1)));
      await mediator.page.getByLabel(words.place, { exact: true }).fill('Salle 7');
      await mediator.page.getByRole('button', { name: words.tell }).click();
      await mediator.page.getByLabel(words.method).fill('Sur un cas réel');
      await mediator.page.getByLabel(words.agreedPlace).fill('Salle 7');
      for (const [at, text] of CRITERIA.entries()) {
        if (at > 0) await mediator.page.getByRole('button', { name: words.addCriterion }).click();
        await mediator.page.getByLabel(`${words.criterion} ${at + 1}`, { exact: true }).fill(text);
      }
      await mediator.page.getByLabel(words.when).fill(localTime(fromNow(24)));
      await mediator.page.getByRole('button', { name: words.record }).click();
      await mediator.page.getByText(words.recorded).waitFor();
      const openHome = ({ page }: Visitor) => page.goto(`${site.url}${home}`);
      const { exchangeId } = await until(
        async () => (await ask<{ exchanges: { exchangeId: string }[] }>(learner.page, 'GET', '/exchanges')).exchanges[0],
      );

      await openHome(learner);
      await learner.page.getByRole('link', { name: topic }).first().click();
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

      await waitsFor(giver);
      await giver.page.getByRole('button', { name: words.held }).click();
      await lead.page
        .getByRole('row', { name: words.heldRow })
        .getByRole('cell', { name: String(before + 1), exact: true })
        .waitFor();
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

      await auditor.signInAs(words.auditor);
      await auditor.page.goto(`${site.url}${home}/audit?exchange=${exchangeId}`);
      await auditor.page.getByLabel(words.motive).fill('Contrôle annuel');
      await auditor.page.getByRole('button', { name: words.replay, exact: true }).click();
      await auditor.page.getByText(words.heldEvent, { exact: true }).first().waitFor();
      expect(await auditor.page.getByText(/Gisèle|Léon|Un plaisir partagé/).count()).toBe(0);
      for (const { complaints } of [giver, learner, facilitator, mediator, lead, auditor]) expect(complaints).toEqual([]);
    }, 180_000);
  },
);
