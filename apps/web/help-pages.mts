import { marked } from 'marked';
import type { Plugin } from 'vite';

const SOURCE = /^# (?<fr>.+) · (?<en>.+)\n\n## Français\n\n(?<french>[^]+?)\n## English\n\n(?<english>[^]+)$/;
const RULE = /\b(R\d+)\b/g;

interface HelpText {
  readonly title: string;
  /** The first paragraph, without marks. */
  readonly lead: string;
  readonly html: string;
}

const helpText = (title: string, text: string): HelpText => ({
  title,
  lead: text.split('\n\n', 1)[0]!,
  html: marked.parse(
    text.replace(RULE, (rule) => `[${rule}](/docs/rules#${rule.toLowerCase()})`),
    { async: false },
  ),
});

/** `docs/guides/site/*.md` as modules: the text of a page's help by language, as HTML that was made while building. */
export const helpPages = (): Plugin => ({
  name: 'help-pages',
  transform: {
    filter: { id: /docs\/guides\/site\/[\w-]+\.md$/ },
    handler(source, id) {
      const { fr, en, french, english } = SOURCE.exec(source)?.groups ?? {};
      if (!fr || !en || !french || !english) throw new Error(`${id}: wanted: a title, then "## Français", then "## English"`);
      return `export const fr = ${JSON.stringify(helpText(fr, french))};\nexport const en = ${JSON.stringify(helpText(en, english))};`;
    },
  },
});
