import { readFileSync } from 'node:fs';
import { clickedSite, inDialog, press } from './clicked.fixture';
import { DEMO_WITH_FOLLOW_UPS, enrol, followUpOf, until } from './play';

const fair = (rows: number): string =>
  [
    'subject,name,email,site,unit,offer_topic,offer_wording,request_topic,request_wording',
    ...Array.from({ length: rows }, (_, at) => `clicked-${at},Zoé Martin,zoe@example.org,LYO,TRI,Tableur,Compter,Ruche,Tenir une ruche`),
  ].join('\n');

describe('what is rarely done, by its buttons', () => {
  const here = clickedSite(DEMO_WITH_FOLLOW_UPS);
  const { open } = here;

  it('pauses an offer and puts it back; leaves the network', async () => {
    const leaver = await here.site.visit();
    await enrol(leaver, 'clicked-leaver', { name: 'Lou Petit', offer: 'Offre de Lou', request: 'Demande de Lou' });
    await open(leaver.page, '');
    const card = leaver.page.getByRole('listitem').filter({ hasText: 'Offre de Lou' });
    await card.getByRole('button', { name: 'Mettre en pause' }).click();
    await card.getByRole('button', { name: 'Remettre dans l’annuaire' }).click();
    await card.getByRole('button', { name: 'Mettre en pause' }).waitFor();
    await open(leaver.page, '/account');
    await press(leaver.page, 'Quitter le réseau');
    await inDialog(leaver.page)
      .getByLabel(/^Pourquoi/)
      .fill('Je change d’entreprise.');
    await press(leaver.page, 'Oui, je quitte le réseau');
    await leaver.page.getByText(/Vous avez quitté le réseau/).waitFor();
    expect(leaver.complaints).toEqual([]);
  }, 60_000);

  it('keeps an offer as a draft, that waits on one’s page elsewhere, and publishes it (R6)', async () => {
    const { page } = here.giver;
    await open(page, '/publish/offer');
    await page.getByRole('combobox', { name: 'Thème' }).fill('Tenir une ruche');
    await page.getByLabel(/^Ce que vous pouvez transmettre/).fill('Ouvrir une ruche sans crainte.');
    await page.getByLabel('Pour commencer').check();
    await page.getByLabel('À distance', { exact: true }).check();
    await press(page, 'Garder comme brouillon');
    await page.waitForURL(here.home);
    const elsewhere = await here.site.visit();
    await elsewhere.signInAs('clicked-giver');
    await open(elsewhere.page, '');
    const card = elsewhere.page.getByRole('listitem').filter({ hasText: 'Ouvrir une ruche sans crainte.' });
    await card.getByRole('link', { name: 'Relire et publier' }).click();
    await elsewhere.page.getByLabel(/^Je le déclare/).check();
    await press(elsewhere.page, 'Publier');
    await card.getByRole('button', { name: 'Mettre en pause' }).waitFor();
    expect(elsewhere.complaints).toEqual([]);
  }, 60_000);

  it('writes a request with somebody, who finds it on their page, changes, declares and publishes it (R6, R14)', async () => {
    const desk = here.facilitator.page;
    await open(desk, '/facilitation/drafts');
    await press(desk, 'Lui laisser ce brouillon');
    await desk.getByText('Choisissez une personne.').waitFor();
    await desk.getByRole('searchbox', { name: 'Pour qui' }).fill('léon roy');
    await desk.getByRole('button', { name: /^Léon Roy/ }).click();
    await press(desk, 'Demande');
    await desk.getByRole('combobox', { name: 'Thème' }).fill('Greffe');
    await desk.getByLabel(/^Ce que cette personne veut savoir faire/).fill('Greffer un pommier.');
    await desk.getByLabel('Pour commencer').check();
    await desk.getByLabel('Sur site ou à distance', { exact: true }).check();
    expect(await desk.getByLabel(/^Je le déclare/).count()).toBe(0);
    await press(desk, 'Lui laisser ce brouillon');
    await desk.getByText(/^Le brouillon attend Léon Roy/).waitFor();

    const own = here.learner.page;
    const card = own.getByRole('listitem').filter({ hasText: /Greffer un (vieux )?pommier\./ });
    await until(async () => {
      await open(own, '');
      return (await card.count()) > 0 || undefined;
    });
    await card.getByRole('link', { name: 'Relire et publier' }).click();
    await own.getByLabel(/^Ce que vous voulez savoir faire/).fill('Greffer un vieux pommier.');
    expect(await own.getByLabel(/^Je le déclare/).isChecked()).toBe(false);
    await own.getByLabel(/^Je le déclare/).check();
    await press(own, 'Publier');
    await card.getByText('Publiée').waitFor();
    expect(await card.textContent()).toContain('Greffer un vieux pommier.');
  }, 60_000);

  it('opens the events behind a recorded risk and its indicator, for the lead (R15)', async () => {
    const lead = await here.site.visit();
    await lead.signInAs('demo-lead');
    await open(lead.page, '/facilitation/cases');
    await lead.page.getByRole('link', { name: 'Lire' }).first().click();
    await press(lead.page, 'Ouvrir les événements');
    await lead.page.getByText(/^Chiffre évalué le/).waitFor();
    const risk = (await lead.page.getByRole('heading', { level: 1 }).textContent())!.split(' · ')[0]!;
    await lead.page.getByRole('link', { name: 'L’indicateur et sa tendance, au tableau de bord' }).click();
    await lead.page.waitForURL('**/dashboards/risk/*');
    await lead.page.getByRole('heading', { level: 1, name: risk, exact: true }).waitFor();
    expect(lead.complaints).toEqual([]);
  }, 60_000);

  it('hands out one’s data to read, and for programs (§7)', async () => {
    const { page } = here.learner;
    await open(page, '/account');
    const [toRead] = await Promise.all([page.waitForEvent('download'), press(page, 'Télécharger mes données à lire')]);
    const html = readFileSync(await toRead.path(), 'utf8');
    expect(toRead.suggestedFilename()).toBe('savoirs.html');
    for (const part of ['<h1>Ce que le réseau garde de vous</h1>', 'Léon Roy', 'Offre de Léon']) expect(html).toContain(part);
    const [file] = await Promise.all([page.waitForEvent('download'), press(page, 'Télécharger mes données (JSON)')]);
    expect(JSON.parse(readFileSync(await file.path(), 'utf8'))).toMatchObject({
      profile: { name: 'Léon Roy' },
      register: { linked: true },
    });
    const kept = await here.site.visit();
    await kept.page.goto('about:blank');
    await kept.page.setContent(html);
    expect(await kept.page.getByRole('heading', { level: 2 }).count()).toBeGreaterThan(10);
    expect(kept.complaints).toEqual([]);
  }, 60_000);

  it('answers a follow-up that is due', async () => {
    const { subject } = await followUpOf(here.site);
    const member = await here.site.visit();
    await member.signInAs(subject);
    await member.page.goto(`${here.home}`);
    await member.page.getByRole('listitem').filter({ hasText: 'Cela vous sert-il au travail ?' }).getByRole('link').first().click();
    await member.page.getByLabel('Oui', { exact: true }).check();
    await member.page.getByLabel(/^Un exemple/).fill('Le budget du mois.');
    await press(member.page, 'Envoyer');
    await member.page.getByRole('heading', { level: 1, name: /^Échange/ }).waitFor();
    await member.page.getByRole('link', { name: 'Répondre' }).waitFor({ state: 'detached' });
    expect(member.complaints).toEqual([]);
  }, 60_000);

  it('stops an import, and goes on with it', async () => {
    const { page } = here.facilitator;
    await open(page, '/facilitation/import');
    await page
      .getByLabel('Fichier CSV', { exact: true })
      .setInputFiles({ name: 'fair.csv', mimeType: 'text/csv', buffer: Buffer.from(fair(4)) });
    let letGo = (): void => undefined;
    const held = new Promise<void>((resolve) => (letGo = resolve));
    await page.route('**/members/on-behalf', async (route) => {
      await held;
      await route.continue();
    });
    await press(page, 'Inscrire 4 personnes');
    await press(page, 'Arrêter');
    letGo();
    await page.getByText('1 sur 4.').waitFor();
    await press(page, 'Reprendre');
    await page.getByText('Tout est envoyé.').waitFor();
    await page.unrouteAll();
  }, 60_000);

  it('retries and skips what an operator finds set aside', async () => {
    await here.site.database.query(
      `insert into read.parked (projection, unknown, key, position, event_id, type, stream, revision, fault, attempts)
       select p.id, false, right(e.stream, 36), e.position, e.event_id, e.type, e.stream, e.revision, 'TypeError', 1
       from read.projection p, (select * from log.events where type = 'OfferPublished' order by position limit 2) e
       where p.name = 'directory' and p.state = 'active'`,
    );
    const operator = await here.site.visit();
    await operator.signInAs(/^exploitation/);
    const { page } = operator;
    await open(page, '/operations');
    await page.getByText('2 événements sont mis de côté').waitFor();
    await open(page, '/operations/directory');
    for (const [button, said] of [
      ['Réessayer', 'Le nouvel essai est fait.'],
      ['Écarter pour de bon', 'L’événement est écarté.'],
    ] as const) {
      await page.getByRole('row').getByRole('button', { name: button, exact: true }).first().click();
      await inDialog(page).getByLabel('Pourquoi', { exact: true }).fill('La faute est corrigée');
      if (button !== 'Réessayer')
        await inDialog(page)
          .getByLabel(/^Pour confirmer/)
          .fill('directory');
      await inDialog(page).getByRole('button', { name: button }).click();
      await page.getByText(said).waitFor();
    }
    await page.getByText('écarté', { exact: true }).waitFor();
    expect(operator.complaints).toEqual([]);
  }, 60_000);

  it('says when the queue is no longer live, and when it is again', async () => {
    const { page, signInAs, complaints } = await here.site.visit();
    await signInAs('demo-facilitator');
    await open(page, '/facilitation');
    await page.getByText('En direct', { exact: true }).waitFor();
    const before = complaints.length;
    await here.site.kill();
    await page.getByText(/^Plus en direct depuis/).waitFor();
    await here.site.startAgain();
    await page.getByText('En direct', { exact: true }).waitFor();
    // the browser itself writes that it could not connect
    expect(complaints.slice(before).every((text) => text.includes('ERR_'))).toBe(true);
  }, 60_000);
});
