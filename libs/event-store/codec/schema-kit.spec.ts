import type { DomainEvent, Personal } from '#kernel/message';
import { Type } from '@sinclair/typebox';
import { count, event, list, nullable, personal, text, type SchemasOf } from './schema-kit';

type Tale =
  DomainEvent<'Told', { by: string; pages?: number; lines: readonly string[] }> | DomainEvent<'Ended', { reason: Personal | null }>;

const pages = () => Type.Optional(count());
const SELF = { owner: '/by', key: 'member' } as const;

/** Compiled, not run: each line that must not compile says so, and `tsc` fails where one does. */
describe('a schema and its hand-written event', () => {
  const Ended = event('', { reason: nullable(personal(SELF)) });
  const Told = event('', { by: text(), pages: pages(), lines: list(text()) });

  it('compile where they agree', () => {
    const schemas: SchemasOf<Tale> = { Told, Ended };
    expect(Object.keys(schemas)).toEqual(['Told', 'Ended']);
  });

  it('do not compile where an event, a field or an optional field is missing, too many or of another type', () => {
    // @ts-expect-error -- an event type without schema
    const missingType: SchemasOf<Tale> = { Told };
    // @ts-expect-error -- a schema without event type
    const extraType: SchemasOf<Tale> = { Told, Ended, Sold: Ended };
    // @ts-expect-error -- a field without schema
    const missingField: SchemasOf<Tale> = { Told: event('', { pages: pages(), lines: list(text()) }), Ended };
    // @ts-expect-error -- an optional field without schema
    const missingOptional: SchemasOf<Tale> = { Told: event('', { by: text(), lines: list(text()) }), Ended };
    // @ts-expect-error -- a field that the event has not
    const extraField: SchemasOf<Tale> = { Told: event('', { by: text(), pages: pages(), lines: list(text()), more: text() }), Ended };
    // @ts-expect-error -- an optional field that the event has not
    const extraOptional: SchemasOf<Tale> = { Told: event('', { by: text(), pages: pages(), lines: list(text()), at: pages() }), Ended };
    // @ts-expect-error -- a field of another type
    const otherType: SchemasOf<Tale> = { Told: event('', { by: text(), pages: pages(), lines: list(count()) }), Ended };
    // @ts-expect-error -- not nullable in the schema
    const neverNull: SchemasOf<Tale> = { Told, Ended: event('', { reason: personal(SELF) }) };
    // @ts-expect-error -- a plain text where the event has a personal one
    const inClear: SchemasOf<Tale> = { Told, Ended: event('', { reason: nullable(text()) }) };
    expect([missingType, extraType, missingField, missingOptional, extraField, extraOptional, otherType, neverNull, inClear]).toHaveLength(
      9,
    );
  });
});
