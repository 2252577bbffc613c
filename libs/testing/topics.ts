import type { Topics } from '#topics/topics.port';

/** A taxonomy that has every topic, for tests that are about something else. */
export const everyTopic: Pick<Topics, 'labels'> = {
  labels: async (uris, inLanguage) => new Map(uris.map((uri) => [uri, { uri, label: uri, inLanguage }])),
};

/** A taxonomy of these topics alone. */
export const topicsNamed = (...known: readonly string[]): Pick<Topics, 'labels'> => ({
  labels: async (uris, language) =>
    everyTopic.labels(
      uris.filter((uri) => known.includes(uri)),
      language,
    ),
});
