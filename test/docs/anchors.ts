const withoutCode = (text: string): string => text.replace(/^```[^]*?^```$/gm, '');

/** What is read of a heading: the words of its links, without marks. */
const wordsOf = (heading: string): string => heading.replace(/\[([^\]]*)\]\([^)]*\)/g, '$1').replace(/[`*]/g, '');

/** As GitHub makes it: small letters, hyphens for spaces, no other signs. */
const slugOf = (heading: string): string =>
  wordsOf(heading)
    .trim()
    .toLowerCase()
    .replace(/[^\p{L}\p{N}\p{M} _-]/gu, '')
    .replaceAll(' ', '-');

/** Where a link with `#` may lead in a Markdown document: its own anchors and its headings, a repeated one with a number. */
export const anchorsOf = (markdown: string): ReadonlySet<string> => {
  const text = withoutCode(markdown);
  const own = [...text.matchAll(/<a id="([^"]+)">/g)].map(([, id]) => id!);
  const slugs = [...text.matchAll(/^#{1,6} (.+)$/gm)].map(([, heading]) => slugOf(heading!));
  const numbered = slugs.map((slug, at) => {
    const before = slugs.slice(0, at).filter((other) => other === slug).length;
    return before === 0 ? slug : `${slug}-${before}`;
  });
  return new Set([...own, ...numbered]);
};
