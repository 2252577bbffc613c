import type { Pool } from 'pg';
import { importTopics } from '#apps/cli/data/topics-input';
import { offerWordings } from '#apps/demo/texts';
import type { Language } from '#domain/vocabulary';
import { createCodec } from '#event-store/codec/codec';
import { MemoryLog } from '#event-store/memory/memory-log';
import type { Instant } from '#kernel/id';
import { memoryKeys } from '#keys/memory-keys';
import { directoryModel } from '#projections/directory/directory.table';
import { startRuntime } from '#read-store/subscriptions/runtime';
import { offerContent, offerId, profile } from '#testing/content';
import { escoBeside } from '#testing/esco';
import { lyon } from '#testing/network-facts';
import { person } from '#testing/people';
import { storyteller } from '#testing/histories/story';
import { postgresTopics } from '#topics/postgres-topics';
import { starterTopics } from '#topics/starter-topics';
import type { Topics } from '#topics/topics.port';

const MEMBERS = 2_000;
const TOPICS = 13_000;
const LANGUAGES: readonly Language[] = ['fr', 'en'];
/** What a topic of the starter list is about, where ESCO does not lie beside. */
const ABOUT = {
  fr: ['principes de', 'techniques de', 'outils pour', 'former à', 'organiser', 'améliorer', 'évaluer', 'documenter', 'animer', 'préparer'],
  en: ['principles of', 'techniques for', 'tools for', 'train in', 'organise', 'improve', 'assess', 'document', 'lead', 'prepare'],
} as const;
const WHERE = {
  fr: ['en équipe', 'à distance', 'au guichet', 'en atelier', 'la nuit', 'en anglais', 'sans papier', 'pour débuter', 'pour experts'],
  en: [
    'in a team',
    'remotely',
    'at the counter',
    'in a workshop',
    'at night',
    'in English',
    'without paper',
    'for beginners',
    'for experts',
  ],
} as const;

/** ESCO where it lies beside this checkout, else as many made from the starter list. */
export const fillTopics = async (pool: Pool, progress: (line: string) => void): Promise<Topics> => {
  const topics = await postgresTopics(pool);
  const esco = escoBeside();
  progress(esco === null ? 'topics made from the starter list' : 'topics of ESCO');
  if (esco !== null) await importTopics(topics, esco);
  else
    for (let from = 0; from < TOPICS; from += 1_000)
      await topics.store(
        Array.from({ length: 1_000 }, (_, index) => from + index).flatMap((number) =>
          LANGUAGES.map((language) => {
            const [about, where] = [ABOUT[language], WHERE[language]];
            const label = starterTopics[number % starterTopics.length]![language].toLowerCase();
            const [first, last] = [about[Math.floor(number / 150) % about.length], where[Math.floor(number / 1_500) % where.length]];
            return { uri: `urn:bench:${number}`, language, label: `${first} ${label} ${last}`, alternatives: [] };
          }),
        ),
      );
  await pool.query('analyze reference.topic');
  return topics;
};

interface Label {
  readonly uri: string;
  readonly language: Language;
  readonly label: string;
}

/** Offers on those topics, worded as the demo's, three of four tagged: through codec, log and read model. */
export const fillDirectory = async (pool: Pool, size: number): Promise<void> => {
  const { rows: labels } = await pool.query<Label>('select uri, language, label from reference.topic order by md5(uri || language)');
  const { told, events } = storyteller();
  for (let index = 0; index < MEMBERS; index += 1) {
    const memberId = person(`member-${index}`);
    told('MembershipRequested', { memberId, networkId: lyon, profile: profile() }, { on: '2026-01-02' });
    told('MemberEnrolled', { memberId, networkId: lyon }, { on: '2026-01-02' });
  }
  for (let index = 0; index < size; index += 1) {
    const { uri, language, label } = labels[index % labels.length]!;
    const templates = offerWordings[language];
    const content = offerContent({
      wording: templates[index % templates.length]!.replace('%', label),
      topic: { text: label, uri: index % 4 === 0 ? null : uri },
      language,
    });
    const on = new Date(Date.UTC(2026, 0, 3) + index * 300_000).toISOString();
    told(
      'OfferPublished',
      { offerId: offerId(`offer-${index}`), memberId: person(`member-${index % MEMBERS}`), networkId: lyon, content },
      { on },
    );
  }
  const log = new MemoryLog();
  const codec = createCodec(memoryKeys());
  for (const { type, data, meta } of events) {
    // A recorded event's type and data are those of the event that was decided.
    const event = { type, data } as Parameters<typeof codec.encode>[0]['event'];
    await log.append(meta.stream, 'any', [await codec.encode({ event, meta })]);
  }
  const clock = { now: () => '2030-01-01T00:00:00.000Z' as Instant };
  const runtime = await startRuntime({ log, codec, pool, readModels: [directoryModel], processes: [], clock, mode: 'driven' });
  await runtime.drain();
  await runtime.stop();
  await pool.query('vacuum (analyze)');
};
