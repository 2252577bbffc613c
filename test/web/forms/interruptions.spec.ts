import type { Locator } from 'playwright-core';
import { DEMO_WITH_FOLLOW_UPS, followUpOf } from '../play';
import { startSite, type SiteUnderTest } from '../site-under-test';
import { formsOn } from './forms';
import { openingForm } from './lead-forms';
import { enter, MEMBERS, PEOPLE, type MemberName, type Who } from './people';
import { setTheStage } from './stage';
import { tryAll, visitAll } from './tour';

const STAGED: readonly Who[] = ['giver', 'learner', 'mediator'];

describe('a form, whatever happens while it is filled in', () => {
  let site: SiteUnderTest;
  beforeAll(async () => void (site = await startSite(DEMO_WITH_FOLLOW_UPS)), 180_000);
  afterAll(async () => await site?.close());

  it('keeps what was typed, and sends it once (R22)', async () => {
    const { subject, exchangeId } = await followUpOf(site);
    const names = Object.keys(MEMBERS) as MemberName[];
    const entered = await Promise.all(names.map(async (name) => [name, await enter(site, name)] as const));
    const members = Object.fromEntries(entered) as Record<MemberName, string>;
    const tour = { site, people: { ...PEOPLE, follower: subject }, home: '' };
    const visitors = await visitAll(tour, STAGED);
    const forms = formsOn(await setTheStage(site, visitors, { members, followUp: exchangeId }));
    const others = [...new Set(forms.map(({ who }) => who))].filter((who) => !STAGED.includes(who));
    const all = { ...visitors, ...(await visitAll(tour, others)) };
    const home = `${site.url}${new URL(visitors.giver.page.url()).pathname.split('/').slice(0, 3).join('/')}`;
    await tryAll({ ...tour, home }, forms, all);
  }, 900_000);

  it('shows nothing of it to who signs in next at this browser, nor of a motive in the same tab', async () => {
    const { page, context, signInAs } = await site.visit();
    const at = async (path: string, label: RegExp): Promise<Locator> => {
      await page.goto(`${page.url().split('/').slice(0, 5).join('/')}${path}`);
      return page.getByLabel(label);
    };
    const write = (): Promise<Locator> => at('/incident', /^Ce qui s’est passé/);
    await signInAs('demo-1');
    await (await write()).fill('Un document est resté dans la salle.');
    expect(await (await write()).inputValue()).toBe('Un document est resté dans la salle.');
    await context.clearCookies();
    await page.goto(site.url);
    await signInAs('demo-2');
    expect(await (await write()).inputValue()).toBe('');

    const motive = (): Promise<Locator> => at('/data-protection/identity', /^Motif/);
    await context.clearCookies();
    await page.goto(site.url);
    await signInAs(PEOPLE.officer);
    await (await motive()).fill('Demande du 3 mars');
    expect(await (await motive()).inputValue()).toBe('Demande du 3 mars');
    await context.clearCookies();
    await page.goto(site.url);
    await signInAs(PEOPLE.secondOfficer);
    expect(await (await motive()).inputValue()).toBe('');
  });
});

it('opens a network once, whatever happens meanwhile (R22, R23)', async () => {
  const site = await startSite(['--empty']);
  try {
    const tour = { site, people: { ...PEOPLE, follower: '' }, home: '' };
    const visitors = await visitAll(tour, ['lead']);
    await tryAll({ ...tour, home: visitors.lead.page.url() }, [openingForm], visitors);
  } finally {
    await site.close();
  }
}, 180_000);
