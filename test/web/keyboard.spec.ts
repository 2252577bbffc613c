import type { Locator, Page } from 'playwright-core';
import { ask, enrol, entry, until } from './play';
import { startSite, type SiteUnderTest } from './site-under-test';

const MOST_TABS = 60;

/** What is wrong with where the focus is: nobody sees it, or it lies under something. */
const UNSEEN_FOCUS = `(() => {
  const focused = document.activeElement;
  if (!focused || focused === document.body) return null;
  const called = focused.outerHTML.slice(0, 120);
  const isRinged = (element) => {
    const { outlineStyle, outlineWidth, boxShadow } = getComputedStyle(element);
    return (outlineStyle !== 'none' && parseFloat(outlineWidth) > 0) || boxShadow !== 'none';
  };
  if (![focused, focused.closest('label')].some((one) => one && isRinged(one))) return 'no ring: ' + called;
  const { left, right, top, bottom } = focused.getBoundingClientRect();
  const [x, y] = [(Math.max(left, 0) + Math.min(right, innerWidth)) / 2, (Math.max(top, 0) + Math.min(bottom, innerHeight)) / 2];
  if (right <= 0 || bottom <= 0 || left >= innerWidth || top >= innerHeight) return 'out of sight: ' + called;
  const over = document.elementFromPoint(x, y);
  const header = over?.closest('.site-header');
  return header && !header.contains(focused) ? 'under the header: ' + called : null;
})()`;

const hasFocus = async (target: Locator): Promise<boolean> => (await target.and(target.page().locator(':focus')).count()) > 0;
/** In it, or in the browser's own controls. */
const isWithin = async (target: Locator): Promise<boolean> =>
  (await hasFocus(target)) || (await target.locator(':focus').count()) > 0 || (await target.page().locator(':focus').count()) === 0;

const LOOKS = 20;

/** What is still wrong a second later: a page that fills moves what has the focus, and scrolls after it. */
const unseenFocus = async (page: Page): Promise<unknown> => {
  for (let look = 1; ; look++) {
    const wrong = await page.evaluate(UNSEEN_FOCUS);
    if (wrong === null || look === LOOKS) return wrong;
    await page.waitForTimeout(50);
  }
};

/** Presses Tab until the element has the focus; each one on the way must be seen. */
const tabTo = async (page: Page, target: Locator, key: 'Tab' | 'Shift+Tab' = 'Tab'): Promise<void> => {
  await target.waitFor({ state: 'attached' });
  for (let presses = 0; presses < MOST_TABS; presses++) {
    await page.keyboard.press(key);
    expect(await unseenFocus(page)).toBeNull();
    if (await hasFocus(target)) return;
  }
  throw new Error(`${String(target)} has no focus after ${MOST_TABS} times ${key}`);
};

const enter = async (page: Page, target: Locator, key: 'Tab' | 'Shift+Tab' = 'Tab'): Promise<void> => {
  await tabTo(page, target, key);
  await page.keyboard.press('Enter');
};
const type = async (page: Page, target: Locator, text: string): Promise<void> => {
  await tabTo(page, target);
  await page.keyboard.type(text);
};
const tick = async (page: Page, target: Locator): Promise<void> => {
  await tabTo(page, target);
  await page.keyboard.press('Space');
  expect(await target.isChecked()).toBe(true);
};

const signIn = async (page: Page, subject: string): Promise<void> => {
  // else a page scrolls to what has the focus a moment later
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await enter(page, page.getByRole('link', { name: /^(Entrer|Come in)$/ }));
  await type(page, page.locator('#subject'), subject);
  await page.keyboard.press('Enter');
  await page.waitForURL(/\/n\//);
};

describe('who has a keyboard alone', () => {
  let site: SiteUnderTest;
  beforeAll(async () => void (site = await startSite()), 180_000);
  afterAll(async () => await site?.close());

  const fillEntry = async (page: Page, within: Locator, topic: string, wording: string): Promise<void> => {
    const combobox = within.getByRole('combobox', { name: 'Thème' });
    await type(page, combobox, topic);
    await within.locator('.suggestions [role=option]').first().waitFor();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await within.getByText('Thème de la liste').waitFor({ timeout: 5000 });
    await type(page, within.getByLabel(/^Ce que vous (pouvez transmettre|voulez savoir faire)/), wording);
    await tick(page, within.getByLabel('Pour commencer'));
    await tabTo(page, within.getByLabel('Sur site', { exact: true }));
    await page.keyboard.press('ArrowDown');
    expect(await within.getByLabel('À distance', { exact: true }).isChecked()).toBe(true);
    await tick(page, within.getByLabel(/^Je le déclare/));
  };

  it('enters, asks for an offer, accepts a match, and sees where they are all along', async () => {
    const { page, complaints } = await site.visit();
    await page.getByRole('link', { name: 'Entrer', exact: true }).waitFor();
    await page.keyboard.press('Tab');
    expect(await hasFocus(page.getByRole('link', { name: 'Aller au contenu' }))).toBe(true);
    await page.keyboard.press('Enter');
    await page.keyboard.press('Tab');
    expect(await isWithin(page.locator('#content'))).toBe(true);
    await page.reload();

    await signIn(page, 'keyboard-newcomer');
    await page.getByText('Pourquoi une offre et une demande ?').waitFor();
    await type(page, page.getByLabel(/^Nom/), 'Camille Aubry');
    await type(page, page.getByLabel(/^Adresse/), 'camille@example.org');
    await type(page, page.getByLabel('Site').first(), 'LYO');
    await type(page, page.getByRole('textbox', { name: 'Service' }), 'GUI');
    await fillEntry(page, page.getByRole('region', { name: 'Votre première offre' }), 'tableaux', 'Construire un tableau croisé.');
    await fillEntry(page, page.getByRole('region', { name: 'Votre première demande' }), 'parole', 'Présenter un projet.');
    await tick(page, page.getByLabel('J’ai lu la charte et je l’accepte.'));
    await enter(page, page.getByRole('button', { name: 'Entrer dans le réseau' }));
    await page.getByRole('heading', { level: 1, name: /Camille/ }).waitFor();
    const home = page.url();
    await page.getByText('Construire un tableau croisé.').waitFor();

    await enter(page, page.getByRole('link', { name: 'Annuaire', exact: true }));
    await page.waitForURL('**/directory');
    await enter(page, page.getByRole('button', { name: 'Qui pourrait m’apprendre' }));
    await page.getByRole('article').filter({ hasText: 'Camille Aubry' }).getByText('C’est la vôtre').first().waitFor();
    const asks = page.getByRole('button', { name: 'Demander à apprendre' }).first();
    await enter(page, asks);
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('button', { name: 'Envoyer ma demande' }).waitFor();
    for (let presses = 0; presses < 25; presses++) {
      await page.keyboard.press('Tab');
      expect(await isWithin(dialog)).toBe(true);
    }
    await tabTo(page, dialog.getByRole('button', { name: 'Envoyer ma demande' }));
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'hidden' });
    expect(await hasFocus(asks)).toBe(true);
    await page.keyboard.press('Enter');
    // her own request on the topic stands first
    await tabTo(page, dialog.getByRole('radio', { checked: true }).first());
    await page.keyboard.press('ArrowDown');
    await type(page, dialog.getByLabel(/^Ce que vous voulez savoir faire/), 'Pour mon nouveau poste.');
    await tick(page, dialog.getByLabel(/^Je le déclare/));
    await enter(page, dialog.getByRole('button', { name: 'Envoyer ma demande' }));
    await enter(page, dialog.getByRole('link', { name: 'Voir l’appariement' }));
    await page.waitForURL('**/matches/*');

    const other = await site.visit();
    await enrol(other, 'keyboard-other', { name: 'Léon Roy', offer: 'Offre de Léon', request: 'Demande de Léon' });
    type Own = { entries: { id: string; kind: string; content: { topic: { text: string; uri: string | null } } }[] };
    const offer = (await ask<Own>(page, 'GET', '/members/me')).entries.find(({ kind }) => kind === 'offer')!;
    const { text, uri } = offer.content.topic;
    const content = { ...entry('Suivre cela', text), topic: { text, ...(uri ? { uri } : {}) } };
    const { matchId } = await ask<{ matchId: string }>(other.page, 'POST', `/offers/${offer.id}/ask`, { content });
    await until(async () =>
      (await ask<{ match: { status: string } }>(page, 'GET', `/matches/${matchId}`).catch(() => null))?.match.status === 'opened'
        ? true
        : undefined,
    );
    await page.goto(home);
    const waits = page.getByRole('listitem').filter({ hasText: 'Un appariement attend votre réponse' });
    await enter(page, waits.getByRole('link').first());
    await page.waitForURL(`**/matches/${matchId}`);
    await enter(page, page.getByRole('button', { name: 'J’accepte' }));
    await page.getByRole('button', { name: 'J’accepte' }).waitFor({ state: 'detached' });

    const help = page.getByRole('button', { name: 'Aide' });
    await enter(page, help, 'Shift+Tab');
    await page.getByRole('dialog').getByRole('button', { name: 'Fermer' }).waitFor();
    await page.keyboard.press('Escape');
    expect(await hasFocus(help)).toBe(true);
    await enter(page, page.getByRole('button', { name: 'English' }));
    await enter(page, page.getByRole('button', { name: 'Switch to the dark theme' }));
    await page.getByRole('button', { name: 'Switch to the light theme' }).waitFor();
    expect(complaints.filter((said) => !said.includes('404'))).toEqual([]);
  }, 120_000);

  it('opens the menu of a phone, leaves it, and follows a link of it', async () => {
    const { page } = await site.visit({ language: 'en', width: 390 });
    await signIn(page, 'demo-1');
    await page.locator('.waiting').first().waitFor({ state: 'detached' });
    const opener = page.locator('.site-nav .menu-button');
    await enter(page, opener);
    const link = page.getByRole('link', { name: 'Directory', exact: true });
    await tabTo(page, link);
    await page.keyboard.press('Escape');
    expect(await hasFocus(opener)).toBe(true);
    expect(await link.isVisible()).toBe(false);
    await page.keyboard.press('Enter');
    await enter(page, link);
    await page.waitForURL('**/directory');
    expect(await link.isVisible()).toBe(false);
  }, 60_000);
});
