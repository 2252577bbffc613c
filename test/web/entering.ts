import type { Page } from 'playwright-core';

/** What somebody reads who enters, by language. */
const WORDS = {
  fr: {
    why: 'Pourquoi une offre et une demande ?',
    enter: 'Entrer dans le réseau',
    accept: 'J’ai lu la charte et je l’accepte.',
    site: 'Site',
    name: /^Nom/,
    email: /^Adresse/,
    unit: 'Service',
    topic: 'Thème',
    offer: 'Votre première offre',
    request: 'Votre première demande',
    can: 'Ce que vous pouvez transmettre',
    want: 'Ce que vous voulez savoir faire',
    level: 'Pour commencer',
    remote: 'À distance',
    declared: /^Je le déclare/,
  },
  en: {
    why: 'Why an offer and a request?',
    enter: 'Enter the network',
    accept: 'I have read the charter and accept it.',
    site: 'Site',
    name: /^Name/,
    email: /^Work e-mail/,
    unit: 'Unit',
    topic: 'Topic',
    offer: 'Your first offer',
    request: 'Your first request',
    can: 'What you can pass on',
    want: 'What you want to be able to do',
    level: 'To get started',
    remote: 'Remotely',
    declared: /^I declare/,
  },
} as const;
type Words = (typeof WORDS)['fr' | 'en'];

/** Topic, and how it is worded. */
type Entry = readonly [topic: string, wording: string];

const fillEntry = async (page: Page, words: Words, section: string, [topic, wording]: Entry): Promise<void> => {
  const form = page.getByRole('region', { name: section });
  await form.getByRole('combobox', { name: words.topic }).fill(topic);
  await form.getByLabel(new RegExp(`^(${words.can}|${words.want})`)).fill(wording);
  await form.getByLabel(words.level).check();
  await form.getByLabel(words.remote, { exact: true }).check();
  await form.getByLabel(words.declared).check();
};

/** Fills in the entry and sends it. */
export const enterNetwork = async (
  page: Page,
  language: 'fr' | 'en',
  { name, offer, request }: { readonly name: string; readonly offer: Entry; readonly request: Entry },
): Promise<void> => {
  const words = WORDS[language];
  await page.getByText(words.why).waitFor();
  await page.getByLabel(words.name).fill(name);
  await page.getByLabel(words.email).fill('somebody@example.org');
  await page.getByLabel(words.site).first().fill('LYO');
  await page.getByRole('textbox', { name: words.unit }).fill('GUI');
  await fillEntry(page, words, words.offer, offer);
  await fillEntry(page, words, words.request, request);
  await page.getByLabel(words.accept).check();
  await page.getByRole('button', { name: words.enter }).click();
};
