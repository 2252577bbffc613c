import { createHash } from 'node:crypto';
import type { FastifyReply } from 'fastify';
import type { StreamName } from '#kernel/id';
import type { EventLog, Position } from '#event-store/log.port';

/** What of a stream an answer can know that stands at `position`: a later revision would let a command through that its giver never saw. */
export const revisionAt = async (log: EventLog, stream: StreamName, position: Position): Promise<number> => {
  for await (const event of log.readStream(stream, { direction: 'backwards' })) if (event.position <= position) return event.revision;
  return -1;
};

const digestOf = (content: unknown): string => createHash('sha256').update(JSON.stringify(content)).digest('base64url').slice(0, 16);

const names = (header: string | undefined, etag: string): boolean =>
  header !== undefined &&
  header.split(',').some((one) => {
    const known = one.trim().replace(/^W\//, '');
    return known === '*' || known === etag;
  });

/**
 * `"<revision>.<digest>"`: the revision is for If-Match; the digest tells what a revision does not, for a text may be erased since.
 * Nothing comes back, but 304, to who has this very answer. When it was asked (`readPosition`) is no part of it.
 */
export const unlessKnown = <Answer extends { readonly readPosition: unknown }>(
  reply: FastifyReply,
  answer: Answer,
  revision?: number,
): Answer | undefined => {
  const { readPosition: _, ...content } = answer;
  const etag = `"${revision === undefined ? '' : `${revision}.`}${digestOf(content)}"`;
  void reply.headers({ etag, 'cache-control': 'private, no-cache', vary: 'authorization, cookie' });
  if (!names(reply.request.headers['if-none-match'], etag)) return answer;
  void reply.status(304);
  return undefined;
};
