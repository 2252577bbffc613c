import { Inject } from '@nestjs/common';
import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { sql } from 'kysely';
import type { ReadStore } from '#read-store/read-store.port';
import { controlTables } from '#read-store/tables/table-names';
import { READ_STORE } from '#read-store/tokens';

/** A text that lies under its author's key: in which event and field, and what it says. */
export interface WrittenText {
  readonly ref: string;
  readonly stream: string;
  readonly type: string;
  readonly path: string;
  readonly recordedAt: string;
  readonly text: string;
}

/** Every personal text that is a member's own (R19), as recorded. */
export class WrittenBy extends Query<readonly WrittenText[]> {
  constructor(
    readonly networkId: string,
    readonly memberId: string,
  ) {
    super();
  }
}

const personalText = sql.raw(controlTables().personalText);

@QueryHandler(WrittenBy)
export class WrittenByHandler implements IQueryHandler<WrittenBy> {
  constructor(@Inject(READ_STORE) private readonly store: ReadStore) {}

  async execute({ networkId, memberId }: WrittenBy): Promise<readonly WrittenText[]> {
    const { rows } = await sql<WrittenText>`
      select ref, stream, type, path, recorded_at as "recordedAt", text from ${personalText}
      where network = ${networkId} and owner = ${memberId} order by recorded_at, ref`.execute(this.store.db);
    return rows;
  }
}
