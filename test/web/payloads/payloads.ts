/** Kinds of text that would do something where it is taken for more than a text. One that ran sets `__ran`; one that became an element has `data-payload`. */
const KINDS: readonly ((mark: string) => string)[] = [
  (mark) => `<script data-payload>window.__ran='${mark}'</script>`,
  (mark) => `<img data-payload src=x onerror="window.__ran='${mark}'">`,
  (mark) => `<svg data-payload onload="window.__ran='${mark}'"></svg>`,
  (mark) => `"><b data-payload onmouseover=window.__ran=1>${mark}</b>`,
  (mark) => `' autofocus data-payload onfocus=window.__ran=1 x='${mark}`,
  (mark) => `</title></textarea></style><i data-payload>${mark}</i>`,
  (mark) => `--><p data-payload>${mark}</p><!--`,
  (mark) => `]]><p data-payload>${mark}</p>`,
  (mark) => `<a data-payload href="javascript:window.__ran=1">${mark}</a>`,
  (mark) => `javascript:window.__ran='${mark}'`,
  (mark) => `data:text/html,<script>parent.__ran='${mark}'</script>`,
  (mark) => `<iframe data-payload srcdoc="<script>parent.__ran=1</script>">${mark}</iframe>`,
  (mark) => `<math data-payload><mtext><style>*{}</style>${mark}</mtext></math>`,
  (mark) => `<base data-payload href="//${mark}.example/">`,
  (mark) => `<meta data-payload http-equiv=refresh content="0;url=//${mark}.example">`,
  (mark) => `<link data-payload rel=stylesheet href="//${mark}.example/x.css">`,
  (mark) => `<details data-payload open ontoggle=window.__ran=1>${mark}</details>`,
  (mark) => `<form data-payload action="//${mark}.example"><button>ok</button></form>`,
  (mark) => `&lt;img data-payload src=x onerror=window.__ran=1&gt; ${mark}`,
  (mark) => `%3Cscript%3Ewindow.__ran%3D1%3C/script%3E ${mark}`,
  (mark) => `{{constructor.constructor('window.__ran=1')()}} ${mark}`,
  (mark) => `\${window.__ran=1} #{window.__ran=1} <%= window.__ran=1 %> ${mark}`,
  (mark) => `$t(words:offer) {{count}} __proto__ ${mark}`,
  (mark) => `=HYPERLINK("//${mark}.example";"ok")`,
  (mark) => `+cmd|' /C calc'!A0 ${mark}`,
  (mark) => `-1+1;${mark}`,
  (mark) => `@SUM(1+1)*${mark}`,
  (mark) => `\uff1d1+1,"${mark}`,
  (mark) => `END:VEVENT;BEGIN:VALARM,ACTION:${mark}\\`,
  (mark) => `'; drop table read.directory; -- ${mark}`,
];

export const KIND_COUNT = KINDS.length;

/** Addresses of mail that a spreadsheet would compute. */
const ADDRESSES = ['=', '+', '-', "'="];

export interface Payloads {
  /** A new one of a kind; without it, of whichever kind is next. */
  text(kind?: number): string;
  /** A new address of mail. */
  address(): string;
  /** What was made, by its mark, and where the API took it: `POST /incidents text`. */
  readonly made: ReadonlyMap<string, { readonly kind: number; field: string | null }>;
}

const MARK = /zq\d+qz/g;

export const payloads = (): Payloads => {
  const made = new Map<string, { readonly kind: number; field: string | null }>();
  const mark = (kind: number): string => {
    const next = `zq${made.size}qz`;
    made.set(next, { kind, field: null });
    return next;
  };
  return {
    made,
    text: (kind = made.size) => KINDS[kind % KIND_COUNT]!(mark(kind % KIND_COUNT)),
    address: () => {
      const nth = made.size % ADDRESSES.length;
      return `${ADDRESSES[nth]!}1+1-${mark(KIND_COUNT)}@example.org`;
    },
  };
};

export const marksIn = (text: string): readonly string[] => text.match(MARK) ?? [];
