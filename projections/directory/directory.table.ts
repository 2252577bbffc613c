import type { Personal } from '#kernel/message';
import type { ReadModel } from '#read-store/read-model';
import { directory, publishedAtOf, type DirectoryEvent, type DirectoryRow, type EntryRow } from './directory.projection';

const ofEntry =
  <T>(of: (row: EntryRow) => T) =>
  (row: DirectoryRow): T | null =>
    row.kind === 'member' ? null : of(row);
const ref = (text: Personal | null): string | null => (text !== null && typeof text === 'object' ? text.ref : null);

export const directoryModel: ReadModel<DirectoryEvent, DirectoryRow> = {
  projection: directory,
  columns: {
    network_id: { type: 'text', of: (row) => row.networkId },
    kind: { type: 'text', of: (row) => row.kind },
    listed: { type: 'boolean', of: (row) => (row.kind === 'member' ? row.away === null : row.listed) },
    member_id: { type: 'text', of: ofEntry((row) => row.memberId) },
    topic_uri: { type: 'text', of: ofEntry((row) => row.topicUri) },
    level: { type: 'text', of: ofEntry((row) => row.level) },
    language: { type: 'text', of: ofEntry((row) => row.language) },
    place: { type: 'text', of: ofEntry((row) => row.place) },
    site: { type: 'text', of: (row) => row.site },
    published_at: { type: 'text', of: ofEntry(publishedAtOf) },
    wording_ref: { type: 'text', of: ofEntry((row) => ref(row.wording)) },
    topic_ref: { type: 'text', of: ofEntry((row) => ref(row.topicText)) },
    name_ref: { type: 'text', of: (row) => (row.kind === 'member' ? ref(row.name) : null) },
  },
  indexes: ['(network_id, listed, published_at DESC, key DESC)', '(network_id, topic_uri)', '(member_id)', '(wording_ref)', '(topic_ref)'],
};
