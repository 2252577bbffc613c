import type { Explanation } from '#application/round-explainer.port';
import { csvText } from '#csv/csv-text';

const LEFT = ['request_id', 'reason', 'remedy', 'until', 'offer_id', 'givers', 'served', 'topic_uri', 'level', 'language'];

/** What a round left, a request a line, by ids and codes. */
export const unmatchedCsv = ({ explained }: Explanation): string =>
  csvText(
    LEFT,
    explained.unmatched.map(({ requestId, reason, remedy }) => {
      const line = { request_id: requestId, reason, remedy: remedy.kind };
      if (remedy.kind === 'wait') return { ...line, until: remedy.until };
      if (remedy.kind === 'capacity' || remedy.kind === 'smaller-group') return { ...line, offer_id: remedy.offerId };
      if (remedy.kind !== 'more-givers') return line;
      const { count, served, topicUri, level, language } = remedy;
      return { ...line, givers: count, served, topic_uri: topicUri, level, language };
    }),
  );

interface ScarceRow {
  readonly topic: { readonly uri: string | null; readonly label: string | null };
  readonly level: string;
  readonly language: string;
  readonly waiting: number;
  readonly givers: number;
  readonly steps: readonly { readonly givers: number; readonly served: number }[];
}

const SCARCE = ['topic_uri', 'topic', 'level', 'language', 'waiting', 'givers', 'more_givers', 'would_serve'];

export const scarcityCsv = (rows: readonly ScarceRow[]): string =>
  csvText(
    SCARCE,
    rows.map(({ topic, level, language, waiting, givers, steps }) => {
      const last = steps.at(-1);
      const more = { more_givers: last?.givers ?? 0, would_serve: last?.served ?? 0 };
      return { topic_uri: topic.uri, topic: topic.label, level, language, waiting, givers, ...more };
    }),
  );
