import { marked } from 'marked';
import type { Plugin } from 'vite';

const SOURCE = /^# (?<fr>.+) · (?<en>.+)\n\n## Français\n\n(?<french>[^]+?)\n## English\n\n(?<english>[^]+)$/;
const RULE = /\b(R\d+)\b/g;

const whole = (title: string, text: string) => ({
  title,
  html: marked.parse(
    text.replace(RULE, (rule) => `[${rule}](/docs/rules#${rule.toLowerCase()})`),
    { async: false },
  ),
});

const lead = (_: string, text: string): string => text.split('\n\n', 1)[0]!;

/**
 * `docs/guides/site/*.md` as modules, by language: a page's help as HTML that was made while building; with `?lead` its first
 * paragraph alone.
 */
export const helpPages = (): Plugin => ({
  name: 'help-pages',
  transform: {
    filter: { id: /docs\/guides\/site\/[\w-]+\.md(\?lead)?$/ },
    handler(source, id) {
      const { fr, en, french, english } = SOURCE.exec(source)?.groups ?? {};
      if (!fr || !en || !french || !english) throw new Error(`${id}: wanted: a title, then "## Français", then "## English"`);
      const of = id.endsWith('?lead') ? lead : whole;
      return `export const fr = ${JSON.stringify(of(fr, french))};\nexport const en = ${JSON.stringify(of(en, english))};`;
    },
  },
});
