import type { SavoirsEvent } from '#domain/catalogue';
import { eventExamples } from '../event-examples';
import type { DataOf } from '#kernel/message';

/** The example of this event, with what the test says otherwise. */
export const event = <Type extends SavoirsEvent['type']>(
  type: Type,
  changes: Partial<DataOf<SavoirsEvent, Type>> = {},
): Extract<SavoirsEvent, { type: Type }> =>
  // The union cannot be narrowed by a type parameter; the signature ties type and data together.
  ({ type, data: { ...eventExamples[type], ...changes } }) as Extract<SavoirsEvent, { type: Type }>;
