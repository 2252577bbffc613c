import { readFileSync } from 'node:fs';
import { EVENT_WORDS } from '#apps/audit/event-words';
import { CODE_WORDS } from '#apps/api/routes/members/own-data-words';

/** What `defineTexts` gives in one language, by key: the site's sources are read as text, since it imports nothing of ours. */
const textsIn = (path: string, language: 'fr' | 'en'): ReadonlyMap<string, string> => {
  const block = readFileSync(path, 'utf8').match(new RegExp(`^  ${language}: \\{\\n(.*?)^  \\}`, 'ms'))?.[1] ?? '';
  return new Map([...block.matchAll(/^ {4}'?([\w-]+)'?: '([^']*)'/gm)].map(([, key, text]) => [key!, text!]));
};

describe.each(['fr', 'en'] as const)('words of the domain (%s)', (language) => {
  it('name every event of the catalogue on the site, and in one’s own data alike', () => {
    const types = [...readFileSync('docs/event-catalogue.md', 'utf8').matchAll(/^### (\w+)$/gm)].map(([, type]) => type!);
    const site = textsIn('apps/web/src/content/event-words.ts', language);
    expect(types.length).toBeGreaterThan(80);
    expect(Object.fromEntries(site)).toEqual(Object.fromEntries(types.map((type) => [type, site.get(type)])));
    expect(Object.fromEntries(Object.entries(EVENT_WORDS).map(([type, words]) => [type, words[language]]))).toEqual(
      Object.fromEntries(site),
    );
  });

  it('say roles, levels and places in one’s own data as on the site', () => {
    const roles = textsIn('apps/web/src/content/role-words.ts', language);
    const words = [...textsIn('apps/web/src/content/words.ts', language)]
      .filter(([key]) => /^(level|place)-/.test(key))
      .map(([key, text]) => [key.replace(/^\w+-/, ''), text.charAt(0).toLowerCase() + text.slice(1)] as const);
    expect(roles.size + words.length).toBeGreaterThan(14);
    for (const [code, text] of [...roles, ...words]) expect([code, CODE_WORDS[code]?.[language]]).toEqual([code, text]);
  });
});
