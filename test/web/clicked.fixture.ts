import type { Page } from 'playwright-core';
import { enrol, takesMany, until } from './play';
import { startSite, type SiteUnderTest, type Visitor } from './site-under-test';

interface Clicked {
  site: SiteUnderTest;
  home: string;
  giver: Visitor;
  learner: Visitor;
  mediator: Visitor;
  facilitator: Visitor;
}

const PEOPLE = ['giver', 'learner', 'mediator', 'facilitator'] as const;

/** A site for the tests of a group, with two members of its own and those who bring them together, each signed in. */
export const clickedSite = (demo?: readonly string[]) => {
  const here = {} as Clicked;
  beforeAll(async () => {
    here.site = await startSite(demo);
    for (const who of PEOPLE) here[who] = await here.site.visit();
    await Promise.all([
      enrol(here.giver, 'clicked-giver', { name: 'Gisèle Aubry', offer: 'Offre de Gisèle', request: 'Demande de Gisèle' }),
      enrol(here.learner, 'clicked-learner', { name: 'Léon Roy', offer: 'Offre de Léon', request: 'Demande de Léon' }),
      here.mediator.signInAs(/médiation/),
      here.facilitator.signInAs('demo-facilitator'),
    ]);
    for (const who of PEOPLE) here[who].page.setDefaultTimeout(10_000);
    here.home = `${here.site.url}${new URL(here.giver.page.url()).pathname.split('/').slice(0, 3).join('/')}`;
    await takesMany(here.giver.page);
  }, 300_000);
  afterAll(async () => await here.site?.close());
  afterEach(() => {
    // what the set-up asks for is not there yet at times
    for (const who of PEOPLE) expect(here[who].complaints.filter((text) => !text.includes('404'))).toEqual([]);
  });

  const open = async (page: Page, path: string): Promise<void> => {
    await page.goto(`${here.home}${path}`);
    await page.locator('.waiting').first().waitFor({ state: 'detached' });
  };
  /** The case that says all of this, once the desk lists it. */
  const openCase = async (desk: Page, ...says: readonly string[]): Promise<void> => {
    const card = says.reduce((cards, hasText) => cards.filter({ hasText }), desk.getByRole('listitem')).last();
    await until(async () => {
      await open(desk, '/facilitation/cases');
      return card.waitFor({ timeout: 1000 }).then(
        () => true,
        () => undefined,
      );
    });
    await card.getByRole('link', { name: 'Lire' }).click();
  };
  const people = () => ({ giver: here.giver.page, learner: here.learner.page, mediator: here.mediator.page });
  return Object.assign(here, { open, openCase, people });
};

export const press = async (page: Page, name: string | RegExp): Promise<void> => page.getByRole('button', { name }).first().click();
export const inDialog = (page: Page) => page.getByRole('dialog');
