import { createHash } from 'node:crypto';
import { escaped } from './html';

const STYLE = `
  body { font: 1rem/1.5 system-ui, sans-serif; max-width: 60rem; margin: 2rem auto; padding: 0 1rem; color: #1d2430; background: #fff }
  h1 { font-size: 1.6rem; margin: 0 0 .25rem }
  h2 { font-size: 1.2rem; margin: 2rem 0 .5rem; border-bottom: 1px solid #8a94a6 }
  dl { display: grid; grid-template-columns: minmax(9rem, max-content) 1fr; gap: .15rem 1rem; margin: .25rem 0 }
  dt { color: #515c6e }
  dd { margin: 0; overflow-wrap: anywhere; white-space: pre-wrap }
  dd:has(> dl, > ol, > ul, > table) { grid-column: 1 / -1; padding-left: 1.5rem; white-space: normal }
  ol { margin: 0; padding-left: 1.5rem }
  li { margin: .5rem 0; break-inside: avoid }
  table { border-collapse: collapse; width: 100%; font-size: .9rem }
  th, td { border: 1px solid #8a94a6; padding: .25rem .5rem; text-align: left; vertical-align: top; overflow-wrap: anywhere; white-space: pre-wrap }
  small, .soft { color: #515c6e }
  ul { margin: 0; padding-left: 1.2rem }
  .tree ul { border-left: 1px solid #8a94a6; list-style: none; padding-left: .9rem }
  .tree > ul { border: 0; padding: 0 }
  .number { text-align: right; font-variant-numeric: tabular-nums }
  .line { white-space: nowrap; overflow-wrap: normal }
  .wide { overflow-x: auto }
  @media (max-width: 40rem) {
    dl { grid-template-columns: minmax(0, 1fr) }
    dd, dd:has(> dl, > ol, > ul, > table) { padding-left: 1rem }
  }
  @media print { body { max-width: none; margin: 0; font-size: 10pt } nav { display: none } thead { display: table-header-group } tr { break-inside: avoid } }
`;

const SOURCES = `default-src 'none'; style-src 'sha256-${createHash('sha256').update(STYLE).digest('base64')}'; base-uri 'none'; form-action 'none'`;

/** No script, no form, nothing from anywhere, one style by its hash; a page in a frame is none. */
export const PRINTABLE_POLICY = `${SOURCES}; frame-ancestors 'none'`;

/** A whole document to read, keep and print; it keeps its policy where it is saved as a file. `main` is HTML. */
export const printablePage = ({
  language,
  title,
  main,
}: {
  readonly language: 'fr' | 'en';
  readonly title: string;
  readonly main: string;
}) =>
  `<!doctype html>
<html lang="${language}">
<head><meta charset="utf-8"><meta http-equiv="content-security-policy" content="${escaped(SOURCES)}"><meta name="viewport" content="width=device-width, initial-scale=1"><meta name="referrer" content="no-referrer"><title>${escaped(title)}</title><style>${STYLE}</style></head>
<body>
<main>
${main}
</main>
</body>
</html>
`;
