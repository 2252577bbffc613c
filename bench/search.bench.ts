import { Pool } from 'pg';
import { SearchDirectory, SearchDirectoryHandler } from '#projections/directory/directory.queries';
import { directory } from '#projections/directory/directory.projection';
import { createReadStore } from '#read-store/query/postgres-read-store';
import { quotedTable } from '#read-store/tables/table-names';
import { lyon } from '#testing/network-facts';
import type { Topics } from '#topics/topics.port';
import type { Bench, BenchResult, BenchRun } from './runner/bench';
import { benchDatabase, settle } from './runner/bench-database';
import { interleaved, rounded } from './runner/rounds';
import { fillDirectory, fillTopics } from './data/search-data';

const DIRECTORY = quotedTable(directory);

/** As people type them; for ILIKE, which knows no words: each text in them, and the one that may not be there. */
interface Asked {
  readonly text: string;
  readonly like: readonly string[];
  readonly unlike?: string;
}

const each = (...texts: readonly string[]): readonly Asked[] => texts.map((text) => ({ text, like: text.split(' ') }));

const KINDS: Readonly<Record<string, readonly Asked[]>> = {
  oneWord: each(
    ...['soudure', 'tri', 'comptabilité', 'anglais', 'SQL', 'vente', 'photographie', 'négociation', 'sécurité', 'gestion'],
    ...['archivage', 'management', 'welding', 'python', 'qualité', 'transport', 'recrutement', 'ergonomie', 'cuisine', 'budget'],
  ),
  severalWords: each(
    'gestion de projet',
    'droit du travail',
    'premiers secours',
    'quality control',
    'conduite véhicules',
    'techniques vente',
  ),
  phrase: ['droit du travail', 'premiers secours', 'contrôle qualité', 'mise en page'].map((text) => ({ text: `"${text}"`, like: [text] })),
  minus: [
    ['gestion', 'projet'],
    ['anglais', 'technique'],
    ['sécurité', 'incendie'],
  ].map(([text, unlike]) => ({ text: `${text} -${unlike}`, like: [text!], unlike: unlike! })),
  misspelled: each('comptabilte', 'soduure', 'negociaton', 'managment', 'photograpie', 'pyhton'),
};

type Ask = (asked: Asked) => Promise<unknown>;

const p95Ms = async (asks: readonly Asked[], ask: Ask): Promise<number> => {
  const times: number[] = [];
  for (const asked of asks) {
    const start = process.hrtime.bigint();
    await ask(asked);
    times.push(Number(process.hrtime.bigint() - start) / 1e6);
  }
  return times.sort((a, b) => a - b)[Math.ceil(times.length * 0.95) - 1]!;
};

const pattern = (text: string): string => `%${text}%`;

/** What one would write first: the same rows and columns, the newest first, found by ILIKE in the same texts and labels. */
const ilike =
  (pool: Pool): Ask =>
  async ({ like, unlike }) => {
    const holds = (parameter: number): string => `(w.text ilike $${parameter} or p.text ilike $${parameter} or exists (
      select 1 from reference.topic l where l.uri = e.topic_uri and l.label ilike $${parameter}))`;
    const wanted = like.map((_, index) => holds(index + 2)).join(' and ');
    const out = unlike === undefined ? '' : `and not ${holds(like.length + 2)}`;
    await pool.query(
      `select e.row, a.row as author, w.text, p.text as topic from ${DIRECTORY} e join ${DIRECTORY} a on a.key = 'member/' || e.member_id
       left join read.personal_text w on w.ref = e.wording_ref left join read.personal_text p on p.ref = e.topic_ref
       where e.network_id = $1 and e.listed and e.kind <> 'member' and a.listed and ${wanted} ${out}
       order by e.published_at desc, e.key desc limit 21`,
      [lyon, ...like.map(pattern), ...(unlike === undefined ? [] : [pattern(unlike)])],
    );
  };

const topicsByIlike =
  (pool: Pool): Ask =>
  ({ like }) =>
    pool.query(
      `select uri, label, language from reference.topic where label ilike $1 or array_to_string(alternatives, ' / ') ilike $1 limit 20`,
      [pattern(like[0]!)],
    );

const measure = async (pool: Pool, topics: Topics, run: BenchRun): Promise<BenchResult> => {
  const store = createReadStore(pool);
  const handler = new SearchDirectoryHandler(store, topics);
  const ours: Ask = ({ text }) => handler.execute(new SearchDirectory(lyon, { text }, { limit: 20, labels: 'fr' }));
  const plain = ilike(pool);
  const contenders = Object.entries(KINDS).flatMap(([kind, asks]) => [
    [`${kind}P95Ms`, () => p95Ms(asks, ours)] as const,
    [`${kind}IlikeP95Ms`, () => p95Ms(asks, plain)] as const,
  ]);
  try {
    const figures = await interleaved<string>(
      {
        ...Object.fromEntries(contenders),
        topicsOneWordP95Ms: () => p95Ms(KINDS['oneWord']!, ({ text }) => topics.search(text, 'fr', 20)),
        topicsOneWordIlikeP95Ms: () => p95Ms(KINDS['oneWord']!, topicsByIlike(pool)),
      },
      run,
    );
    const ratio = (kind: string): number => rounded(figures[`${kind}P95Ms`]! / figures[`${kind}IlikeP95Ms`]!);
    const others = ['severalWords', 'phrase', 'minus', 'misspelled', 'topicsOneWord'];
    return {
      figures,
      ratios: {
        toIlike: ratio('oneWord'),
        ...Object.fromEntries(others.map((kind) => [`toIlike${kind.charAt(0).toUpperCase()}${kind.slice(1)}`, ratio(kind)])),
      },
    };
  } finally {
    store.close();
  }
};

export const searchBench: Bench = {
  name: 'search',
  about: 'searching the directory and 13,000 topics, beside ILIKE over the same texts; size: entries',
  defaultSize: 60_000,
  run: async (run) => {
    const database = await benchDatabase();
    const pool = new Pool({ connectionString: database.url });
    try {
      const topics = await fillTopics(pool, run.progress);
      await fillDirectory(pool, run.size);
      run.progress(`${run.size} entries`);
      await settle(pool);
      return await measure(pool, topics, run);
    } finally {
      await pool.end();
      await database.drop();
    }
  },
};
