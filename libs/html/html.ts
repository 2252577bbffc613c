/** HTML that may be put into a page as it is. */
export interface Html {
  readonly html: string;
}

type Part = Html | readonly Html[] | string | number;

/** Text, or a value of an attribute in quotes. */
export const escaped = (text: string): string => text.replace(/[&<>"']/g, (char) => `&#${char.charCodeAt(0)};`);

const written = (part: Part): string => {
  if (typeof part === 'string' || typeof part === 'number') return escaped(String(part));
  return 'html' in part ? part.html : part.map(({ html: one }) => one).join('');
};

/** How a template is laid out is no part of the page. */
const closed = (text: string): string => text.replace(/(?<=>|^)\s*\n\s*|\s*\n\s*(?=<|$)/g, '');

/** Whatever is put in is text, unless it was made here. */
export const html = (texts: TemplateStringsArray, ...parts: readonly Part[]): Html => ({
  html: texts.map((text, at) => closed(text) + (at < parts.length ? written(parts[at]!) : '')).join(''),
});

export const NOTHING: Html = { html: '' };
