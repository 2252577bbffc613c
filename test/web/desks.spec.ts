import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { violationsOf } from './accessibility';
import { confirmedMatch, enrol } from './play';
import { startSite, type SiteUnderTest } from './site-under-test';

/** What a mediator and a facilitator read on the screen, by language. */
const WORDS = {
  fr: {
    mediator: /médiation/,
    mediation: 'Médiation',
    plan: 'Planifier',
    start: 'Date et heure',
    place: 'Lieu',
    tell: 'Prévenir tout le monde',
    method: /^Méthode/,
    agreedPlace: /^Lieu de l’échange/,
    begin: /fait sans aide/,
    criterion: 'Critère 1',
    record: 'Enregistrer le contrat',
    missing: 'Une séance datée au moins (R8).',
    recorded: 'Contrat enregistré',
    facilitator: /^animation/,
    live: 'En direct',
    rounds: 'Tours d’appariement',
    try: 'Essayer sans rien écrire',
    tried: 'Rien n’a été écrit, personne n’a été prévenu.',
    import: 'Import CSV',
    file: 'Fichier CSV',
    bad: 'n’est pas une adresse',
    enter: 'Inscrire 2 personnes',
    entered: 'Tout est envoyé.',
    missingSide: /^Il y manque une demande/,
    complete: 'Compléter et entrer dans le réseau',
    fullName: 'Nom, comme vos collègues vous connaissent',
    queue: 'Ce qui attend',
    why: 'Pourquoi',
    confirm: 'Confirmer l’inscription faite à la bourse',
    choose: /^Choisir :/,
    propose: 'Proposer l’appariement',
    teacher: 'Ou la personne qui transmet',
    by: 'par',
    change: 'Changer',
    needsReason: 'Dites pourquoi (R7).',
    because: 'Pourquoi ces personnes',
    proposed: 'C’est proposé.',
    one: 'Une personne',
    other: 'L’autre personne',
    apart: 'Ne plus les réunir',
    lift: 'Lever',
  },
  en: {
    mediator: /mediator/,
    mediation: 'Mediation',
    plan: 'Plan',
    start: 'Date and time',
    place: 'Place',
    tell: 'Tell everybody',
    method: /^Method/,
    agreedPlace: /^Place of the exchange/,
    begin: /does alone/,
    criterion: 'Criterion 1',
    record: 'Record the agreement',
    missing: 'At least one session with a date (R8).',
    recorded: 'Agreement recorded',
    facilitator: /^facilitator/,
    live: 'Live',
    rounds: 'Matching rounds',
    try: 'Try it, writing nothing',
    tried: 'Nothing was written, nobody was told.',
    import: 'CSV import',
    file: 'CSV file',
    bad: 'is no e-mail address',
    enter: 'Enter 2 people',
    entered: 'All is sent.',
    missingSide: /^A request is missing/,
    complete: 'Complete it and enter the network',
    fullName: 'Name, as your colleagues know you',
    queue: 'What waits',
    why: 'Why',
    confirm: 'Confirm the entry made at a fair',
    choose: /^Choose:/,
    propose: 'Propose the match',
    teacher: 'Or who passes it on',
    by: 'by',
    change: 'Change',
    needsReason: 'Say why (R7).',
    because: 'Why these people',
    proposed: 'It is proposed.',
    one: 'One person',
    other: 'The other person',
    apart: 'Keep them apart',
    lift: 'Lift',
  },
} as const;

const DAY_MS = 86_400_000;
const atTen = (days: number): string => `${new Date(Date.now() + days * DAY_MS).toISOString().slice(0, 10)}T10:00`;

const FAIR = (language: string): string =>
  [
    'subject,name,email,site,unit,offer_topic,offer_wording,request_topic,request_wording',
    `fair-${language}-1,Zoé Martin,zoe@example.org,LYO,TRI,Tableur,Construire un tableau croisé,,`,
    `fair-${language}-2,Yan Le Goff,yan at example.org,LYO,TRI,Vélo,Réparer un vélo,,`,
    `fair-${language}-3,Ana Ruiz,ana@example.org,LYO,TRI,,,Plan de charge,Lire un plan de charge`,
  ].join('\n');

describe('the desks of those who bring people together', () => {
  let site: SiteUnderTest;
  const folder = mkdtempSync(join(tmpdir(), 'savoirs-fair-'));
  beforeAll(async () => void (site = await startSite(['--members', '30', '--months', '2'])), 300_000);
  afterAll(async () => {
    await site?.close();
    rmSync(folder, { recursive: true, force: true });
  });

  describe.each([
    ['fr', 1280, 'light'],
    ['en', 390, 'dark'],
  ] as const)('in %s at %i pixels, %s', (language, width, theme) => {
    const words = WORDS[language];

    /** Two people who said yes, and wait to be told when they meet: on some days a demo leaves nobody who does. */
    const match = async (): Promise<void> => {
      const [giver, learner] = await Promise.all([site.visit(), site.visit()]);
      await Promise.all([
        enrol(giver, `desks-giver-${language}`, { name: 'Gisèle Aubry', offer: 'Offre de Gisèle', request: 'Demande de Gisèle' }),
        enrol(learner, `desks-learner-${language}`, { name: 'Léon Roy', offer: 'Offre de Léon', request: 'Demande de Léon' }),
      ]);
      await confirmedMatch({ giver: giver.page, learner: learner.page }, 'Lire un bilan');
      await Promise.all([giver.context.close(), learner.context.close()]);
    };

    it('lets a mediator plan a connection and record its agreement (R8, R9)', async () => {
      await match();
      const { page, signInAs, follow, complaints } = await site.visit({ language, width, theme });
      await signInAs(words.mediator);
      await follow(words.mediation);
      await page.getByRole('link', { name: words.plan, exact: true }).first().click();
      await page.getByLabel(words.start).fill(atTen(-1));
      await page.getByLabel(words.place, { exact: true }).fill('Salle Loire');
      await page.getByRole('button', { name: words.tell }).click();
      await page.getByLabel(words.method).fill('Sur un cas réel');
      await page.getByLabel(words.agreedPlace).fill('Salle Loire');
      await page.getByRole('button', { name: words.begin }).click();
      await page.getByLabel(words.criterion, { exact: true }).press('End');
      await page.getByLabel(words.criterion, { exact: true }).pressSequentially('un tableau croisé');
      await page.getByRole('button', { name: words.record }).click();
      await page.getByText(words.missing).waitFor();
      expect(await violationsOf(page)).toEqual([]);
      await page.getByLabel(words.start).fill(atTen(3));
      await page.getByRole('button', { name: words.record }).click();
      await page.getByText(words.recorded).waitFor();
      expect(complaints).toEqual([]);
    });

    it('lets a facilitator try a round, and import a fair but for its bad row (R6, R18)', async () => {
      const { page, signInAs, follow } = await site.visit({ language, width, theme });
      await signInAs(words.facilitator);
      const desk = `${new URL(page.url()).pathname.split('/').slice(0, 3).join('/')}/facilitation`;
      await page.goto(`${site.url}${desk}`);
      await page.getByText(words.live, { exact: true }).waitFor();
      await follow(words.rounds);
      await page.getByRole('button', { name: words.try }).click();
      await page.getByText(words.tried).waitFor();
      expect(await violationsOf(page)).toEqual([]);
      await follow(words.import);
      const file = join(folder, `${language}.csv`);
      writeFileSync(file, FAIR(language));
      await page.getByLabel(words.file, { exact: true }).setInputFiles(file);
      await page.getByText(words.bad).waitFor();
      expect(await violationsOf(page)).toEqual([]);
      await page.getByRole('button', { name: words.enter }).click();
      await page.getByText(words.entered).waitFor();
      await follow(words.queue);
      await page.getByLabel(words.why).selectOption({ label: words.confirm });
      await page.getByRole('listitem').filter({ hasText: words.confirm }).first().waitFor();

      // whoever was entered is led to what was written in their name, whatever link they come by
      const entered = (await site.visit({ language, width, theme })).page;
      await entered.goto(`${site.url}${desk.replace('facilitation', 'directory')}`);
      await entered.getByRole('link', { name: /^(Entrer|Come in)$/ }).click();
      await entered.locator('input[name=subject]').fill(`fair-${language}-1`);
      await entered.locator('input[name=subject]').press('Enter');
      await entered.getByText(words.missingSide).waitFor();
      expect(await violationsOf(entered)).toEqual([]);
      await entered.getByRole('link', { name: words.complete }).click();
      await entered.waitForURL('**/join');
      expect(await entered.getByLabel(words.fullName).inputValue()).toBe('Zoé Martin');
    });

    it('asks why where a facilitator proposes what differs in topic (R7)', async () => {
      const { page, signInAs } = await site.visit({ language, width, theme });
      await signInAs(words.facilitator);
      await page.waitForURL('**/facilitation');
      await page.goto(`${page.url()}/propose`);
      const regions = page.getByRole('region');
      await regions.first().getByRole('button', { name: words.choose }).first().click();
      const topic = (await regions.first().locator('.card strong').first().textContent()) ?? '';
      const others = regions.nth(1).getByRole('listitem').filter({ hasNotText: topic });
      await others.getByRole('button', { name: words.choose }).first().click();
      await page.getByRole('button', { name: words.propose }).click();
      await page.getByText(words.needsReason).waitFor();
      await page.getByLabel(words.because).fill('Le même chantier');
      await page.reload();
      expect(await page.getByLabel(words.because).inputValue()).toBe('Le même chantier');
    });

    it('finds whose offer to propose by their name', async () => {
      const { page, signInAs } = await site.visit({ language, width, theme });
      await signInAs(words.facilitator);
      await page.waitForURL('**/facilitation');
      await page.goto(`${page.url()}/propose`);
      const offers = page.getByRole('region').first();
      const authors = offers.getByRole('listitem').locator('.small');
      const author = (await authors.first().textContent())!.split(' · ')[0]!.slice(`${words.by} `.length);
      await offers.getByRole('searchbox', { name: words.teacher }).fill(author);
      await offers.getByRole('group', { name: words.teacher }).getByRole('button', { name: author }).first().click();
      await offers.getByRole('button', { name: words.change }).waitFor();
      await authors.filter({ hasNotText: author }).first().waitFor({ state: 'detached' });
      expect(await authors.count()).toBeGreaterThan(0);
      const choose = offers.getByRole('button', { name: words.choose });
      const before = await choose.count();
      await choose.first().click();
      await page.locator('.card.first').waitFor();
      await offers.getByRole('button', { pressed: true }).click();
      await page.locator('.card.first').waitFor({ state: 'detached' });
      expect(await choose.count()).toBe(before);
    });

    it('keeps two people apart, and lifts it', async () => {
      const { page, signInAs } = await site.visit({ language, width, theme });
      await signInAs(words.facilitator);
      await page.waitForURL('**/facilitation');
      await page.goto(`${page.url()}/pairs`);
      const lift = page.getByRole('button', { name: words.lift, exact: true });
      await page.locator('.page .empty, .page li .card').first().waitFor();
      const before = await lift.count();
      await page.getByRole('searchbox', { name: words.one }).fill('ma');
      await page.getByRole('group', { name: words.one }).getByRole('button').first().click();
      await page.getByRole('searchbox', { name: words.other }).fill('ma');
      await page.getByRole('group', { name: words.other }).getByRole('button').nth(1).click();
      await page.getByRole('textbox', { name: words.why }).fill('Toutes deux le demandent');
      await page.getByRole('button', { name: words.apart }).click();
      await lift.nth(before).waitFor();
      await lift.last().click();
      const dialog = page.getByRole('dialog');
      await dialog.getByRole('textbox', { name: words.why }).fill('Apaisé');
      await dialog.getByRole('button', { name: words.lift }).click();
      await lift.nth(before).waitFor({ state: 'detached' });
    });
  });
});
