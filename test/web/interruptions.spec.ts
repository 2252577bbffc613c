import type { Locator, Page } from 'playwright-core';
import { choosePerson, confirmedMatch, connect, enrol, exchangeOf, fromNow, hold, localTime, publish, takesMany } from './play';
import { startSite, type SiteUnderTest, type Visitor } from './site-under-test';

/** A form of the site: where it is, what somebody types there, and the events that sending it once leaves. */
interface FormOfSite {
  readonly name: string;
  readonly who: keyof typeof PEOPLE;
  readonly path: string;
  readonly open?: (page: Page) => Promise<void>;
  readonly type: (form: Locator) => Promise<void>;
  readonly send: string;
  readonly events: readonly string[];
}

const PEOPLE = {
  giver: 'interrupted-giver',
  learner: 'interrupted-learner',
  leaver: 'interrupted-leaver',
  newcomer: 'interrupted-newcomer',
  mediator: /médiation/,
  facilitator: 'demo-facilitator',
} as const;

const LOST = /La connexion est perdue/;
const EXPIRED = /Votre connexion a expiré/;
const SIGN_IN = 'Se connecter à nouveau';
const TOPICS = [
  'Tableaux croisés dynamiques',
  'Lire un plan de charge',
  'Prendre des notes',
  'Rédiger une note',
  'Conduire une réunion',
] as const;

const typeEntry = async (form: Locator, wording: string, topic?: string): Promise<void> => {
  if (topic) await form.getByRole('combobox', { name: 'Thème' }).fill(topic);
  await form.getByLabel(/^Ce que vous (pouvez transmettre|voulez savoir faire)/).fill(wording);
  await form.getByLabel('Pour commencer').check();
  await form.getByLabel('À distance', { exact: true }).check();
  await form.getByLabel(/^Je le déclare/).check();
};

const press = (name: string | RegExp) => async (page: Page) => page.getByRole('button', { name }).first().click();

interface Stage {
  readonly exchangeId: string;
  readonly heldExchangeId: string;
  readonly confirmedMatchId: string;
  readonly connectedMatchId: string;
  readonly offerId: string;
}

const formsOn = (stage: Stage): readonly FormOfSite[] => [
  {
    ...{
      name: 'entry',
      who: 'newcomer',
      path: '/join',
      send: 'Entrer dans le réseau',
      events: ['MembershipRequested', 'MemberEnrolled', 'OfferPublished'],
    },
    type: async (form) => {
      await form.getByLabel(/^Nom/).fill('Camille Aubry');
      await form.getByLabel(/^Adresse/).fill('camille.aubry@example.org');
      await form.getByLabel('Site').first().fill('LYO');
      await form.getByRole('textbox', { name: 'Service' }).fill('GUI');
      await typeEntry(form.getByRole('region', { name: 'Votre première offre' }), 'Tenir un journal de bord.', 'Journal');
      await typeEntry(form.getByRole('region', { name: 'Votre première demande' }), 'Présenter un projet.', 'Prise de parole');
      await form.getByLabel('J’ai lu la charte et je l’accepte.').check();
    },
  },
  {
    ...{ name: 'an offer more', who: 'giver', path: '/publish/offer', send: 'Publier', events: ['OfferPublished'] },
    type: (form) => typeEntry(form, 'Classer ses messages.', 'Messagerie'),
  },
  {
    ...{ name: 'an offer revised', who: 'giver', path: `/entries/${stage.offerId}`, send: 'Enregistrer', events: ['OfferRevised'] },
    type: async (form) => form.getByLabel(/^Ce que vous pouvez transmettre/).fill('Conduire une réunion d’une heure, à dix.'),
  },
  {
    ...{ name: 'asking for an offer', who: 'learner', send: 'Envoyer ma demande', events: ['MatchProposed'] },
    path: `/directory?kind=offer&text=${encodeURIComponent(TOPICS[4])}`,
    open: press('Demander à apprendre'),
    type: async (form) => {
      await form.getByLabel(/^Ce que vous voulez savoir faire/).fill('Conduire les réunions de mon équipe.');
      await form.getByLabel(/^Je le déclare/).check();
    },
  },
  {
    ...{ name: 'a contest', who: 'leaver', send: 'Contester', events: ['OfferContested'] },
    path: `/directory?kind=offer&text=${encodeURIComponent(TOPICS[4])}`,
    open: press(/^Contester/),
    type: async (form) => {
      await form.getByLabel('C’est trompeur').check();
      await form.getByLabel('En quelques mots').fill('Une heure n’y suffit pas.');
    },
  },
  {
    ...{ name: 'the profile', who: 'giver', path: '/account', send: 'Enregistrer', events: ['ProfileChanged'] },
    type: async (form) => form.getByLabel(/^Nom/).fill('Gisèle Aubry-Roy'),
  },
  {
    ...{ name: 'a pause', who: 'leaver', path: '/account', send: 'Me mettre en pause', events: ['MemberPaused'] },
    type: async (form) => form.getByLabel('Jusqu’au').fill(fromNow(24 * 20).slice(0, 10)),
  },
  {
    ...{ name: 'an incident', who: 'giver', path: '/incident', send: 'Signaler', events: ['IncidentReported'] },
    type: async (form) => {
      await form.getByLabel(/^Confidentialité/).check();
      await form.getByLabel(/^Ce qui s’est passé/).fill('Un document est resté dans la salle.');
    },
  },
  {
    ...{
      name: 'a session more',
      who: 'giver',
      path: `/exchanges/${stage.exchangeId}`,
      send: 'Enregistrer',
      events: ['ExchangeRescheduled'],
    },
    open: press('Prévoir une séance'),
    type: async (form) => form.getByLabel('Début').fill(localTime(fromNow(72))),
  },
  {
    ...{ name: 'a session held', who: 'learner', path: `/exchanges/${stage.exchangeId}`, send: 'Enregistrer', events: ['SessionHeld'] },
    open: press('Noter une séance qui n’était pas prévue'),
    type: async (form) => {
      await form.getByLabel('Début').fill(localTime(fromNow(-2)));
      await form.getByLabel(/^Dont minutes/).fill('15');
    },
  },
  {
    ...{ name: 'an evaluation', who: 'learner', path: `/exchanges/${stage.heldExchangeId}/evaluation` },
    ...{ send: 'Envoyer ma fiche bilan', events: ['EvaluationSubmitted'] },
    type: async (form) => {
      for (const five of await form.getByRole('radio', { name: '5', exact: true }).all()) await five.check();
      await form.getByRole('radio', { name: 'Oui', exact: true }).check();
      await form.getByLabel(/^Un mot/).fill('Je le refais seul.');
    },
  },
  {
    ...{
      name: 'a dispute',
      who: 'giver',
      path: `/exchanges/${stage.heldExchangeId}`,
      send: 'Ouvrir un litige',
      events: ['ExchangeDisputed'],
    },
    open: press('Ouvrir un litige'),
    type: async (form) => {
      await form.getByLabel('L’organisation').check();
      await form.getByLabel('Ce qui s’est passé').fill('La salle était prise.');
    },
  },
  {
    ...{ name: 'a connection', who: 'mediator', path: `/mediation/${stage.confirmedMatchId}`, send: 'Prévenir tout le monde' },
    events: ['ConnectionPlanned'],
    type: async (form) => {
      await form.getByLabel('Date et heure').fill(localTime(fromNow(48)));
      await form.getByLabel('Lieu', { exact: true }).fill('Salle Loire');
    },
  },
  {
    ...{ name: 'an agreement', who: 'mediator', path: `/mediation/${stage.connectedMatchId}`, send: 'Enregistrer le contrat' },
    events: ['AgreementReached'],
    type: async (form) => {
      await form.getByLabel(/^Méthode/).fill('Sur un cas réel');
      await form.getByLabel(/^Lieu de l’échange/).fill('Salle Loire');
      await form.getByLabel('Critère 1', { exact: true }).fill('Léon fait sans aide un plan de charge');
      await form.getByLabel('Date et heure').fill(localTime(fromNow(96)));
    },
  },
  {
    ...{ name: 'an entry at a fair', who: 'facilitator', path: '/facilitation/fair', events: ['MembershipRequested'] },
    send: 'Inscrire, et personne suivante',
    type: async (form) => {
      for (const [label, text] of [
        [/^Nom/, 'Ana Ruiz'],
        [/^Adresse/, 'ana@example.org'],
        [/^Identifiant/, 'fair-ana'],
        [/^Site/, 'LYO'],
        [/^Service/, 'TRI'],
      ] as const)
        await form.getByLabel(label).first().fill(text);
      await form.getByRole('combobox', { name: 'Thème' }).first().fill('Vélo');
      await form.getByLabel(/^Ce que vous pouvez transmettre/).fill('Réparer un vélo.');
    },
  },
];

/** What stands in the fields of a form. */
const typedIn = async (form: Locator): Promise<readonly string[]> =>
  form
    .locator('input, textarea, select')
    .evaluateAll((fields) =>
      (fields as unknown as { type: string; value: string; checked: boolean }[]).map(({ type, value, checked }) =>
        type === 'radio' || type === 'checkbox' ? String(checked) : value,
      ),
    );

interface Opened extends FormOfSite {
  readonly page: Page;
  readonly form: Locator;
  readonly typed: readonly string[];
}

/** The events of forms that were each sent once. */
const countsOf = (forms: readonly FormOfSite[]): Readonly<Record<string, number>> => {
  const counts: Record<string, number> = {};
  for (const event of forms.flatMap(({ events }) => events)) counts[event] = (counts[event] ?? 0) + 1;
  return counts;
};

describe('a form, whatever happens while it is filled in', () => {
  let site: SiteUnderTest;
  beforeAll(async () => void (site = await startSite()), 180_000);
  afterAll(async () => await site?.close());

  const countOf = async (type: string): Promise<number> => {
    const { rows } = await site.database.query<{ count: string }>('select count(*) from log.events where type = $1', [type]);
    return Number(rows[0]!.count);
  };

  /** Two people with an exchange under way and one that was held, a match to connect, and one to agree on. */
  const setTheStage = async (visitors: Readonly<Record<keyof typeof PEOPLE, Visitor>>): Promise<Stage> => {
    const people = { giver: visitors.giver.page, learner: visitors.learner.page, mediator: visitors.mediator.page };
    await takesMany(people.giver);
    const [exchangeId, heldExchangeId] = [await exchangeOf(people, TOPICS[0]), await exchangeOf(people, TOPICS[1])];
    await hold(people, heldExchangeId);
    const connectedMatchId = await confirmedMatch(people, TOPICS[2]);
    await connect(people.mediator, connectedMatchId);
    const confirmedMatchId = await confirmedMatch(people, TOPICS[3]);
    return { exchangeId, heldExchangeId, connectedMatchId, confirmedMatchId, offerId: await publish(people.giver, TOPICS[4]) };
  };

  it('keeps what was typed, and sends it once', async () => {
    const enter = async (who: keyof typeof PEOPLE): Promise<readonly [string, Visitor]> => {
      const visitor = await site.visit();
      const isNew = who === 'giver' || who === 'learner' || who === 'leaver';
      if (isNew) await enrol(visitor, PEOPLE[who], { name: who, offer: `Offre ${who}`, request: `Demande ${who}` });
      else await visitor.signInAs(PEOPLE[who]);
      return [who, visitor];
    };
    const visitors = Object.fromEntries(await Promise.all((Object.keys(PEOPLE) as (keyof typeof PEOPLE)[]).map(enter))) as Record<
      keyof typeof PEOPLE,
      Visitor
    >;
    const forms = formsOn(await setTheStage(visitors));
    const home = `${site.url}${new URL(visitors.giver.page.url()).pathname.split('/').slice(0, 3).join('/')}`;
    const open = async ({ page, form, path, open: press }: Opened): Promise<void> => {
      await page.goto(`${home}${path}`);
      await press?.(page);
      await form.waitFor();
    };
    const before = new Map(await Promise.all(Object.keys(countsOf(forms)).map(async (event) => [event, await countOf(event)] as const)));
    const opened: Opened[] = [];
    for (const of of forms) {
      const page = await visitors[of.who].context.newPage();
      const form = page
        .locator('form')
        .filter({ has: page.getByRole('button', { name: of.send, exact: true }) })
        .first();
      const one = { ...of, page, form, typed: [] as readonly string[] };
      await open(one);
      await of.type(form);
      one.typed = await typedIn(form);
      opened.push(one);
    }
    const send = async ({ form, send: name }: Opened): Promise<void> => form.getByRole('button', { name, exact: true }).click();
    const each = async (work: (one: Opened) => Promise<void>): Promise<void> => {
      for (const one of opened)
        await work(one).catch((fault: unknown) => {
          throw new Error(`${one.name}: ${String(fault)}`);
        });
    };

    await site.kill();
    await each(send);
    await each(async ({ page }) => page.getByText(LOST).first().waitFor());
    await site.startAgain();
    await each(open);
    await each(async ({ form, typed }) => expect(await typedIn(form)).toEqual(typed));

    await site.database.query('delete from sign_in.session');
    await each(async (one) => {
      await send(one);
      await one.page.getByText(EXPIRED).first().waitFor();
    });
    await each(async (one) => {
      await one.page.getByRole('button', { name: SIGN_IN }).first().click();
      await choosePerson(one.page, PEOPLE[one.who]);
      await open(one);
      expect(await typedIn(one.form)).toEqual(one.typed);
    });

    await each(async (one) => {
      const isCommand = (method: string): boolean => method === 'POST' || method === 'PUT';
      await one.page.route('**/networks/**', async (route) => {
        if (!isCommand(route.request().method())) return route.continue();
        await route.fetch();
        return route.abort('connectionreset');
      });
      await send(one);
      await one.page.getByText(LOST).first().waitFor();
      expect(await typedIn(one.form)).toEqual(one.typed);
      await one.page.unrouteAll({ behavior: 'wait' });
      const answered = one.page.waitForResponse(
        (response) => isCommand(response.request().method()) && response.url().includes('/networks/'),
      );
      await send(one);
      expect((await answered).status()).toBe(200);
      expect(await (await answered).json()).toMatchObject({ repeated: true });
    });
    const sent = await Promise.all([...before].map(async ([event, count]) => [event, (await countOf(event)) - count]));
    expect(Object.fromEntries(sent)).toEqual(countsOf(forms));
  }, 300_000);

  it('shows nothing of it to who signs in next at this browser', async () => {
    const { page, context, signInAs } = await site.visit();
    const write = async (): Promise<Locator> => {
      await page.goto(`${page.url().split('/').slice(0, 5).join('/')}/incident`);
      return page.getByLabel(/^Ce qui s’est passé/);
    };
    await signInAs('demo-1');
    await (await write()).fill('Un document est resté dans la salle.');
    expect(await (await write()).inputValue()).toBe('Un document est resté dans la salle.');
    await context.clearCookies();
    await page.goto(site.url);
    await signInAs('demo-2');
    expect(await (await write()).inputValue()).toBe('');
  });
});
