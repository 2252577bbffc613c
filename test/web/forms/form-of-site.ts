import type { Locator, Page } from 'playwright-core';
import type { Who } from './people';

/** What comes between somebody and what they send, in the order of the gate’s turns. */
export const INTERRUPTIONS = ['killed', 'answer-lost', 'signed-out'] as const;
export type Interruption = (typeof INTERRUPTIONS)[number];

/** A form of the site: where it is, what somebody types there, and the events that sending it once leaves. */
export interface FormOfSite {
  readonly name: string;
  /** What it is made of, as `siteForms` names it. */
  readonly components: readonly string[];
  readonly who: Who;
  /** Below the network. */
  readonly path: string;
  readonly open?: (page: Page) => Promise<void>;
  /** Where it stands, where several on its page have the same button. */
  readonly within?: (page: Page) => Locator;
  readonly type?: (form: Locator) => Promise<void>;
  /** At each try: a file, which no browser keeps; the word that says one means what cannot be undone. */
  readonly typeAnew?: (form: Locator) => Promise<void>;
  /** Opens the dialog in which `send` stands, once all is typed. */
  readonly review?: string | RegExp;
  readonly send: string | RegExp;
  /** Of a second command that it sends by itself, how its address ends. */
  readonly andThen?: string;
  /** What it says once all is sent, where it goes on after the first answer. */
  readonly atLast?: string;
  /** None for a look: each is recorded, so that one which is asked for again is another. */
  readonly events: readonly string[];
  /** Which interruption it meets in the gate; without it, one by turns. */
  readonly turn?: Interruption;
}

export const press = (name: string | RegExp) => async (page: Page) => page.getByRole('button', { name }).first().click();

export const typeEntry = async (form: Locator, wording: string, topic?: string): Promise<void> => {
  if (topic) await form.getByRole('combobox', { name: 'Thème' }).fill(topic);
  await form.getByLabel(/^Ce que vous (pouvez transmettre|voulez savoir faire)/).fill(wording);
  await form.getByLabel('Pour commencer').check();
  await form.getByLabel('À distance', { exact: true }).check();
  await form.getByLabel(/^Je le déclare/).check();
};

export const region = (name: string) => (page: Page) => page.getByRole('region', { name, exact: true });
const dialogOf = (page: Page): Locator => page.locator('dialog[open]');

/** The innermost part of the page that has its button. */
export const formOn = (page: Page, { within, review, send }: FormOfSite): Locator =>
  within?.(page) ??
  page
    .locator('form, dialog[open], main')
    .filter({ has: page.getByRole('button', { name: review ?? send, exact: true }) })
    .last();

export const sendOn = async (page: Page, form: FormOfSite): Promise<void> => {
  const { review, send, typeAnew } = form;
  const stands = formOn(page, form);
  if (review !== undefined && !(await dialogOf(page).isVisible())) await stands.getByRole('button', { name: review, exact: true }).click();
  await typeAnew?.(stands);
  const where = review === undefined ? stands : dialogOf(page);
  await where.getByRole('button', { name: send, exact: true }).click();
};

/** What stands in the fields of a form, and who or what was picked there. */
export const typedIn = async (form: Locator): Promise<readonly string[]> => {
  const fields = await form
    .locator('input:not([type=file]), textarea, select')
    .evaluateAll((all) =>
      (all as unknown as { type: string; value: string; checked: boolean }[]).map(({ type, value, checked }) =>
        type === 'radio' || type === 'checkbox' ? String(checked) : value,
      ),
    );
  return [...fields, ...(await form.locator('.field strong, .card.first strong').allTextContents())];
};
