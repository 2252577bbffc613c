import { clickedSite, inDialog, press } from './clicked.fixture';
import { ask, confirmedMatch, exchangeOf, fromNow, hold, localTime, openMatch, publish, until } from './play';

describe('what members rarely do in an exchange, by its buttons', () => {
  const here = clickedSite();
  const { open, openCase, people } = here;
  /** A case whose term ended: what waits until then is in the queue. */
  const isTenDaysLate = async (caseId: string): Promise<void> => {
    const { rows } = await here.site.database.query<{ table: string }>(
      `select quote_ident(table_name) as table from information_schema.columns
       where table_schema = 'read' and table_name like 'match_queue%' and column_name = 'waits_for'`,
    );
    for (const { table } of rows)
      await here.site.database.query(
        `update read.${table} set row = regexp_replace(row, '"from":"[^"]*"', '"from":"2026-01-01T00:00:00.000Z"', 'g') where key = $1`,
        [`incident/${caseId}`],
      );
  };

  it('moves a session, says who did not come, contests that, corrects a presence, interrupts (R12)', async () => {
    const exchangeId = await exchangeOf(people(), 'Lire un bilan');
    const [one, other] = [here.giver.page, here.learner.page];
    await open(one, `/exchanges/${exchangeId}`);
    await press(one, 'Déplacer');
    await inDialog(one)
      .getByLabel('Début')
      .fill(`${fromNow(24 * 20).slice(0, 10)}T10:07`);
    await press(one, 'Enregistrer');
    await one.getByRole('heading', { level: 3, name: /10:07/ }).waitFor();
    await press(one, 'Noter une séance qui n’était pas prévue');
    await inDialog(one)
      .getByLabel('Début')
      .fill(localTime(fromNow(-2)));
    await inDialog(one)
      .getByLabel(/^Léon Roy/)
      .uncheck();
    await press(one, 'Enregistrer');
    await press(one, 'Quelqu’un n’est pas venu');
    await inDialog(one).getByLabel('Léon Roy').check();
    await press(one, 'Enregistrer');
    await one.getByText('Absence signalée : Léon Roy', { exact: true }).waitFor();

    await open(other, `/exchanges/${exchangeId}`);
    await other.getByText('Une absence vous est attribuée').waitFor();
    await press(other, 'J’étais là : contester');
    await other.getByText(/\(contestée\)/).waitFor();
    await press(other, 'Corriger ma présence');
    await inDialog(other).getByLabel('J’étais là', { exact: true }).check();
    await inDialog(other)
      .getByLabel(/^Dont minutes/)
      .fill('10');
    await press(other, 'Enregistrer');
    await other.getByText('Vous : 10 minutes hors temps de travail').waitFor();

    await one.reload();
    await press(one, 'Interrompre l’échange');
    await inDialog(one).getByLabel('D’un commun accord').check();
    await inDialog(one).getByRole('button', { name: 'Interrompre l’échange' }).click();
    await one.getByText('interrompu', { exact: true }).waitFor();
  }, 60_000);

  it('drops out of an exchange', async () => {
    const exchangeId = await exchangeOf(people(), 'Monter un étal');
    await open(here.learner.page, `/exchanges/${exchangeId}`);
    await press(here.learner.page, 'Me retirer');
    await inDialog(here.learner.page).getByLabel('C’est mon choix').check();
    await inDialog(here.learner.page).getByRole('button', { name: 'Me retirer' }).click();
    await here.learner.page.getByText(/s’est retirée de l’échange/).waitFor();
  }, 60_000);

  it('is cancelled by a facilitator, who takes no part in it; its mediator finds it on their desk (R12)', async () => {
    const exchangeId = await exchangeOf(people(), 'Ranger une réserve');
    await open(here.mediator.page, '/mediation');
    await here.mediator.page.getByRole('link', { name: 'Ranger une réserve' }).click();
    await here.mediator.page.waitForURL(`**/exchanges/${exchangeId}`);
    await open(here.facilitator.page, `/exchanges/${exchangeId}`);
    await press(here.facilitator.page, 'Annuler l’échange');
    await inDialog(here.facilitator.page).getByRole('button', { name: 'Annuler l’échange' }).click();
    await inDialog(here.facilitator.page).getByText('Une réponse est nécessaire.').waitFor();
    await inDialog(here.facilitator.page).getByLabel('Autre').check();
    await inDialog(here.facilitator.page).getByRole('button', { name: 'Annuler l’échange' }).click();
    await here.facilitator.page.getByText('annulé', { exact: true }).waitFor();
  }, 60_000);

  it('opens a dispute, and a facilitator settles it', async () => {
    const exchangeId = await exchangeOf(people(), 'Trier des archives');
    const [{ page }, desk] = [here.learner, here.facilitator.page];
    await open(page, `/exchanges/${exchangeId}`);
    await press(page, 'Ouvrir un litige');
    await inDialog(page).getByLabel('L’organisation').check();
    await inDialog(page).getByLabel('Ce qui s’est passé').fill('Trois dates, et personne n’est venu.');
    await inDialog(page).getByRole('button', { name: 'Ouvrir un litige' }).click();
    await page.getByText(/Un litige est ouvert/).waitFor();

    await openCase(desk, 'Litige', 'organisation');
    await desk.getByText('Trois dates, et personne n’est venu.').waitFor();
    await desk.getByLabel('L’échange continue').check();
    await desk.getByLabel(/^Pourquoi/).fill('Une date est fixée.');
    await press(desk, 'Régler le dossier');
    await desk.getByText('Une date est fixée.').waitFor();
    await until(async () => {
      await open(page, `/exchanges/${exchangeId}`);
      return (await page.getByRole('button', { name: 'Ouvrir un litige' }).isVisible()) || undefined;
    });
  }, 60_000);

  it('contests what somebody published, and a facilitator takes it down (R14)', async () => {
    await publish(here.giver.page, 'Garder des enfants');
    const [{ page }, desk] = [here.learner, here.facilitator.page];
    await open(page, `/directory?text=${encodeURIComponent('Garder des enfants')}`);
    await press(page, 'Contester : Garder des enfants');
    await inDialog(page).getByLabel('Ce n’est pas un savoir professionnel').check();
    await inDialog(page).getByLabel('En quelques mots').fill('Aucun métier d’ici.');
    await inDialog(page).getByRole('button', { name: 'Contester' }).click();
    await page.getByText('C’est noté. Un animateur l’examine.').waitFor();

    await openCase(desk, 'Offre contestée');
    await desk.getByText('Aucun métier d’ici.').waitFor();
    await desk.getByLabel('Retirer l’annonce').check();
    await desk.getByLabel(/^Pourquoi/).fill('Hors du travail.');
    await press(desk, 'Régler le dossier');
    await desk.getByText('retirée', { exact: true }).waitFor();
  }, 60_000);

  it('reports an incident, and a facilitator decides what to do and closes it; the lead is told that it is late (§3)', async () => {
    const [{ page }, desk] = [here.learner, here.facilitator.page];
    await open(page, '/incident');
    await page.getByLabel('Comportement').check();
    await page.getByRole('textbox').last().fill('Des mots blessants.');
    await press(page, 'Signaler');
    await page.getByRole('button', { name: 'Signaler' }).waitFor({ state: 'detached' });
    await openCase(desk, 'Incident', 'comportement');
    await desk.getByText('Des mots blessants.').waitFor();
    await isTenDaysLate(new URL(desk.url()).pathname.split('/').at(-1)!);
    const lead = await here.site.visit();
    await lead.signInAs('demo-lead');
    await open(lead.page, '/facilitation/cases');
    await lead.page.getByRole('region', { name: 'Dossiers en retard' }).getByRole('listitem').getByText('Incident').waitFor();
    expect(await lead.page.getByText('Des mots blessants.').count()).toBe(0);
    await desk.getByLabel(/^Ce qui sera fait/).fill('Un entretien mardi.');
    await press(desk, 'Décider de cette action');
    await desk.getByText('action décidée', { exact: true }).waitFor();
    await desk.getByLabel('Ce qui a été fait').fill('L’entretien a eu lieu.');
    await press(desk, 'Clore l’incident');
    await desk.getByText('L’entretien a eu lieu.').waitFor();
    await desk.getByLabel('Ce qui a été fait').waitFor({ state: 'detached' });
  }, 60_000);

  it('lets a pair that met before agree without a mediator (R9), and declines a match', async () => {
    const lead = await here.site.visit();
    await lead.signInAs('demo-lead');
    await ask(lead.page, 'PATCH', '/policy', { waiveConnectionForKnownPairs: true });
    await hold(people(), await exchangeOf(people(), 'Animer un atelier'));
    const matchId = await confirmedMatch(people(), 'Relire un rapport');
    const [one, other] = [here.giver.page, here.learner.page];
    await open(one, `/matches/${matchId}`);
    await one.getByText(/Vous vous connaissez déjà/).waitFor();
    await one.getByLabel(/^Méthode/).fill('Sur un cas réel');
    await one.getByLabel(/^Lieu de l’échange/).fill('Salle 7');
    await one.getByLabel('Critère 1', { exact: true }).fill('Le refaire seul');
    await one.getByLabel('Date et heure').fill(localTime(fromNow(48)));
    await press(one, 'Enregistrer le contrat');
    await one.getByText(/il attend l’accord des autres/).waitFor();
    await open(other, `/matches/${matchId}`);
    await press(other, 'J’ai tout lu et je suis d’accord');
    await other.getByRole('link', { name: 'Voir l’échange et ses séances' }).click();
    await other.getByRole('heading', { level: 1, name: /Relire un rapport/ }).waitFor();

    await open(one, `/matches/${await openMatch(people(), 'Tenir un standard')}`);
    await press(one, 'Je décline');
    await inDialog(one).getByLabel('Pas le temps en ce moment').check();
    await inDialog(one).getByRole('button', { name: 'Je décline' }).click();
    await one.getByText('Cet appariement est terminé.').waitFor();
  }, 60_000);
});
