import { Inject, Injectable } from '@nestjs/common';
import { QueryBus, type Query } from '@nestjs/cqrs';
import type { Position } from '#event-store/log.port';
import type { ReadStore } from '#read-store/read-store.port';
import { READ_STORE } from '#read-store/tokens';

export const WAIT_MS = Symbol('WaitMs');

/** Asks a query, once its read models stand at `after`. */
@Injectable()
export class Reading {
  constructor(
    private readonly queries: QueryBus,
    @Inject(READ_STORE) private readonly store: ReadStore,
    @Inject(WAIT_MS) private readonly waitMs: number,
  ) {}

  async ask<Answer>(
    query: Query<Answer>,
    of: { readonly models: readonly string[]; readonly after: Position | undefined },
  ): Promise<Answer> {
    if (of.after !== undefined) await this.store.waitFor(of.models, of.after, this.waitMs);
    return this.queries.execute(query) as Promise<Answer>;
  }
}
