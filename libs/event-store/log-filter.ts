import type { StreamName } from '#kernel/id';
import type { LogFilter, StoredEvent } from './log.port';

/** `exchange` of `exchange-7f0c…`; a name without `-` is its own category. */
export const categoryOf = (stream: StreamName): string => {
  const dash = stream.indexOf('-');
  return dash === -1 ? stream : stream.slice(0, dash);
};

/** Where both are given, both must hold. */
export const passes = (filter: LogFilter | undefined, event: StoredEvent): boolean =>
  (filter?.types === undefined || filter.types.includes(event.type)) &&
  (filter?.categories === undefined || filter.categories.includes(categoryOf(event.stream)));
