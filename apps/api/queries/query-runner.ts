import { Inject, Injectable } from '@nestjs/common';
import { QueryBus, type Query } from '@nestjs/cqrs';
import type { Position } from '#event-store/log.port';
import type { ReadStore, ReadPosition } from '#read-store/read-store.port';
import { READ_STORE } from '#read-store/tokens';
import { positionIn, tokenOf, type Token } from './consistency-token';

export const WAIT_MS = Symbol('WaitMs');
export const LOG_ID = Symbol('LogId');

/** The read models that have to stand at `after` before the query is asked. */
interface Waiting {
  readonly models: readonly string[];
  readonly after?: Token | undefined;
}

/** Where an answer stands, as a token that names its log; which builds answered is no reader's affair. */
export const withToken = <Answer>(answer: Answer): Answer => {
  const { readPosition } = answer as { readonly readPosition?: ReadPosition };
  if (!readPosition) return answer;
  const { builds: _, ...told } = readPosition;
  return { ...answer, readPosition: { ...told, position: tokenOf(readPosition.position, readPosition.logId) } };
};

/** Asks a query, once its read models stand at `after`. */
@Injectable()
export class QueryRunner {
  constructor(
    private readonly queries: QueryBus,
    @Inject(READ_STORE) private readonly store: ReadStore,
    @Inject(WAIT_MS) private readonly waitMs: number,
    @Inject(LOG_ID) private readonly logId: string,
  ) {}

  async ask<Answer>(query: Query<Answer>, { models, after }: Waiting = { models: [] }): Promise<Answer> {
    if (after !== undefined) await this.store.waitFor(models, positionIn(after, this.logId), this.waitMs);
    return withToken((await this.queries.execute(query)) as Answer);
  }

  /** Asks at once, for most often the read models stand where the log ends; asked again where its answer turns out to be older than `head`. */
  async askUpTo<Answer>(
    query: Query<Answer>,
    { models, head }: { readonly models: readonly string[]; readonly head: Promise<Position> },
  ): Promise<Answer> {
    const [position, answer] = await Promise.all([head, this.queries.execute(query) as Promise<Answer>]);
    const { readPosition } = answer as { readonly readPosition: ReadPosition };
    if (readPosition.position >= position) return withToken(answer);
    await this.store.waitFor(models, position, this.waitMs);
    return withToken((await this.queries.execute(query)) as Answer);
  }
}
