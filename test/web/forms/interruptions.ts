import type { Page, Request, Response } from 'playwright-core';
import { choosePerson } from '../play';
import type { SiteUnderTest, Visitor } from '../site-under-test';
import { formOn, sendOn, typedIn, type FormOfSite } from './form-of-site';
import type { Who } from './people';

const LOST = /La connexion est perdue/;
const EXPIRED = /Votre connexion a expiré/;
const SIGN_IN = 'Se connecter à nouveau';
const LONGEST_TRY_MS = 60_000;

/** A form in a tab of whoever fills it in, and what they typed. */
export interface FilledIn {
  readonly form: FormOfSite;
  readonly page: Page;
  readonly typed: readonly string[];
}

export interface Tour {
  readonly site: SiteUnderTest;
  /** The first page of the network. */
  readonly home: string;
  /** Whom `choosePerson` takes. */
  readonly people: Readonly<Record<Who, string | RegExp>>;
}

const isCommand = (request: Request): boolean =>
  request.method() !== 'GET' && request.url().includes('/networks/') && !request.url().includes('/members/search');

const open = async ({ home }: Tour, page: Page, form: FormOfSite): Promise<void> => {
  await page.goto(`${home}${form.path}`);
  await form.open?.(page);
  await formOn(page, form).waitFor();
};

export const fillIn = async (tour: Tour, { context }: Visitor, form: FormOfSite): Promise<FilledIn> => {
  const page = await context.newPage();
  page.setDefaultTimeout(20_000);
  await open(tour, page, form);
  const stands = formOn(page, form);
  await form.type?.(stands);
  await form.typeAnew?.(stands);
  return { form, page, typed: await typedIn(stands) };
};

const isKept = async ({ form, page, typed }: FilledIn): Promise<void> => {
  const stands = formOn(page, form);
  await form.typeAnew?.(stands);
  expect(await typedIn(stands)).toEqual(typed);
};

/** Opened anew, with all that was typed. */
const openAgain = async (tour: Tour, one: FilledIn): Promise<void> => {
  await open(tour, one.page, one.form);
  await isKept(one);
};

/** Does it to each, however it went with the one before. */
export type Each = (those: readonly FilledIn[], work: (one: FilledIn) => Promise<void>) => Promise<void>;

const sendInVain = async ({ form, page }: FilledIn, says: RegExp): Promise<void> => {
  await sendOn(page, form);
  await page.getByText(says).first().waitFor({ timeout: LONGEST_TRY_MS });
};

/** The API ends without a word, and is started again. */
export const killed = async (tour: Tour, those: readonly FilledIn[], each: Each): Promise<void> => {
  await tour.site.kill();
  await each(those, (one) => sendInVain(one, LOST));
  await tour.site.startAgain();
  await each(those, (one) => openAgain(tour, one));
};

/** All sessions end; whoever signs in again in one tab is signed in in all of theirs. */
export const signedOut = async (tour: Tour, those: readonly FilledIn[], each: Each): Promise<void> => {
  await tour.site.database.query('delete from sign_in.session');
  await each(those, (one) => sendInVain(one, EXPIRED));
  const signedIn = new Set<Who>();
  await each(those, async (one) => {
    const { page, form } = one;
    if (!signedIn.has(form.who)) {
      await page.locator('main, dialog[open]').last().getByRole('button', { name: SIGN_IN }).first().click();
      await choosePerson(page, tour.people[form.who]);
      signedIn.add(form.who);
    }
    await openAgain(tour, one);
  });
};

/** What was asked is done, and nobody hears of it. */
export const answerLost = async (one: FilledIn): Promise<void> => {
  const { page } = one;
  await page.route('**/networks/**', async (route) => {
    if (!isCommand(route.request())) return route.continue();
    await route.fetch();
    return route.abort('connectionreset');
  });
  await sendInVain(one, LOST);
  await isKept(one);
  await page.unrouteAll({ behavior: 'wait' });
};

const TRIES = 5;

/** Until it is answered with something else than that it may be sent again. */
const answerTo = async ({ form, page }: FilledIn): Promise<Response> => {
  for (let tries = 1; ; tries++) {
    const [answer] = await Promise.all([page.waitForResponse((response) => isCommand(response.request())), sendOn(page, form)]);
    if (![503, 504].includes(answer.status()) || tries === TRIES) return answer;
  }
};

/** Sent for good: answered, by what was done before where it was. */
export const finish = async (one: FilledIn, wasDone: boolean): Promise<void> => {
  const { page, form } = one;
  const isSecond = (response: Response): boolean => response.ok() && response.url().endsWith(form.andThen!);
  const [answered] = await Promise.all([answerTo(one), form.andThen === undefined ? null : page.waitForResponse(isSecond)]);
  expect(answered.status()).toBe(200);
  const { repeated } = (await answered.json()) as { repeated?: boolean };
  if (repeated !== undefined) expect(repeated).toBe(wasDone);
  if (form.atLast !== undefined) await page.getByText(form.atLast).waitFor();
  await page.close();
};
