import type { Locator, Page } from 'playwright-core';
import { ask, enrol, entry, until } from './play';
import { startSite, type SiteUnderTest } from './site-under-test';

/** What a member reads on the way, by language. */
const WORDS = {
  fr: {
    ...{
      enter: 'Entrer',
      skip: 'Aller au contenu',
      why: 'Pourquoi une offre et une demande ?',
      name: /^Nom/,
      email: /^Adresse/,
      unit: 'Service',
    },
    ...{ offer: 'Votre première offre', request: 'Votre première demande', topic: 'Thème', listed: 'Thème de la liste' },
    ...{
      wording: /^Ce que vous (pouvez transmettre|voulez savoir faire)/,
      level: 'Pour commencer',
      onSite: 'Sur site',
      remote: 'À distance',
    },
    ...{ declared: /^Je le déclare/, charter: 'J’ai lu la charte et je l’accepte.', join: 'Entrer dans le réseau', directory: 'Annuaire' },
    ...{ teach: 'Qui pourrait m’apprendre', own: 'C’est la vôtre', ask: 'Demander à apprendre', send: 'Envoyer ma demande' },
    ...{ wanted: /^Ce que vous voulez savoir faire/, see: 'Voir l’appariement', answer: 'Un appariement attend votre réponse' },
    ...{ accept: 'J’accepte', help: 'Aide', close: 'Fermer', other: 'English' },
    ...{ tables: 'tableaux', speaking: 'parole', dark: 'Switch to the dark theme', light: 'Switch to the light theme' },
  },
  en: {
    ...{
      enter: 'Come in',
      skip: 'Skip to the content',
      why: 'Why an offer and a request?',
      name: /^Name/,
      email: /^Work e-mail/,
      unit: 'Unit',
    },
    ...{ offer: 'Your first offer', request: 'Your first request', topic: 'Topic', listed: 'A topic of the list' },
    ...{ wording: /^What you (can pass on|want to be able to do)/, level: 'To get started', onSite: 'On site', remote: 'Remotely' },
    ...{ declared: /^I declare/, charter: 'I have read the charter and accept it.', join: 'Enter the network', directory: 'Directory' },
    ...{ teach: 'Who could teach me', own: 'It is yours', ask: 'Ask to learn', send: 'Send my request' },
    ...{ wanted: /^What you want to be able to do/, see: 'See the match', answer: 'A match waits for your answer' },
    ...{ accept: 'I accept', help: 'Help', close: 'Close', other: 'Français' },
    ...{ tables: 'pivot', speaking: 'speaking', dark: 'Passer au thème sombre', light: 'Passer au thème clair' },
  },
} as const;

/** `KEYBOARD=all` goes the way in each language; the gate in French. */
const LANGUAGES = process.env['KEYBOARD'] === 'all' ? (['fr', 'en'] as const) : (['fr'] as const);

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

describe.each(LANGUAGES)('who has a keyboard alone, in %s', (language) => {
  const words = WORDS[language];
  let site: SiteUnderTest;
  beforeAll(async () => void (site = await startSite()), 180_000);
  afterAll(async () => await site?.close());

  const fillEntry = async (page: Page, within: Locator, [topic, wording]: readonly string[]): Promise<void> => {
    const combobox = within.getByRole('combobox', { name: words.topic });
    await type(page, combobox, topic!);
    await within.locator('.suggestions [role=option]').first().waitFor();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await within.getByText(words.listed).waitFor({ timeout: 5000 });
    await type(page, within.getByLabel(words.wording), wording!);
    await tick(page, within.getByLabel(words.level));
    await tabTo(page, within.getByLabel(words.onSite, { exact: true }));
    await page.keyboard.press('ArrowDown');
    expect(await within.getByLabel(words.remote, { exact: true }).isChecked()).toBe(true);
    await tick(page, within.getByLabel(words.declared));
  };

  it('enters, asks for an offer, accepts a match, and sees where they are all along', async () => {
    const { page, complaints } = await site.visit({ language });
    await page.getByRole('link', { name: words.enter, exact: true }).waitFor();
    await page.keyboard.press('Tab');
    expect(await hasFocus(page.getByRole('link', { name: words.skip }))).toBe(true);
    await page.keyboard.press('Enter');
    await page.keyboard.press('Tab');
    expect(await isWithin(page.locator('#content'))).toBe(true);
    await page.reload();

    await signIn(page, 'keyboard-newcomer');
    await page.getByText(words.why).waitFor();
    await type(page, page.getByLabel(words.name), 'Camille Aubry');
    await type(page, page.getByLabel(words.email), 'camille@example.org');
    await type(page, page.getByLabel('Site').first(), 'LYO');
    await type(page, page.getByRole('textbox', { name: words.unit }), 'GUI');
    await fillEntry(page, page.getByRole('region', { name: words.offer }), [words.tables, 'Construire un tableau croisé.']);
    await fillEntry(page, page.getByRole('region', { name: words.request }), [words.speaking, 'Présenter un projet.']);
    await tick(page, page.getByLabel(words.charter));
    await enter(page, page.getByRole('button', { name: words.join }));
    await page.getByRole('heading', { level: 1, name: /Camille/ }).waitFor();
    const home = page.url();
    await page.getByText('Construire un tableau croisé.').waitFor();

    await enter(page, page.getByRole('link', { name: words.directory, exact: true }));
    await page.waitForURL('**/directory');
    await enter(page, page.getByRole('button', { name: words.teach }));
    await page.getByRole('article').filter({ hasText: 'Camille Aubry' }).getByText(words.own).first().waitFor();
    const asks = page.getByRole('button', { name: words.ask }).first();
    await enter(page, asks);
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('button', { name: words.send }).waitFor();
    for (let presses = 0; presses < 25; presses++) {
      await page.keyboard.press('Tab');
      expect(await isWithin(dialog)).toBe(true);
    }
    await tabTo(page, dialog.getByRole('button', { name: words.send }));
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'hidden' });
    expect(await hasFocus(asks)).toBe(true);
    await page.keyboard.press('Enter');
    // her own request on the topic stands first
    await tabTo(page, dialog.getByRole('radio', { checked: true }).first());
    await page.keyboard.press('ArrowDown');
    await type(page, dialog.getByLabel(words.wanted), 'Pour mon nouveau poste.');
    await tick(page, dialog.getByLabel(words.declared));
    await enter(page, dialog.getByRole('button', { name: words.send }));
    await enter(page, dialog.getByRole('link', { name: words.see }));
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
    const waits = page.getByRole('listitem').filter({ hasText: words.answer });
    await enter(page, waits.getByRole('link').first());
    await page.waitForURL(`**/matches/${matchId}`);
    await enter(page, page.getByRole('button', { name: words.accept }));
    await page.getByRole('button', { name: words.accept }).waitFor({ state: 'detached' });

    const help = page.getByRole('button', { name: words.help });
    await enter(page, help, 'Shift+Tab');
    await page.getByRole('dialog').getByRole('button', { name: words.close }).waitFor();
    await page.keyboard.press('Escape');
    expect(await hasFocus(help)).toBe(true);
    await enter(page, page.getByRole('button', { name: words.other }));
    await enter(page, page.getByRole('button', { name: words.dark }));
    await page.getByRole('button', { name: words.light }).waitFor();
    expect(complaints.filter((said) => !said.includes('404'))).toEqual([]);
  }, 120_000);

  it('opens the menu of a phone, leaves it, and follows a link of it', async () => {
    const { page } = await site.visit({ language, width: 390 });
    await signIn(page, 'demo-1');
    await page.locator('.waiting').first().waitFor({ state: 'detached' });
    const opener = page.locator('.site-nav .menu-button');
    await enter(page, opener);
    const link = page.getByRole('link', { name: words.directory, exact: true });
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
