import { decidedExample, eventTypes } from '#testing/event-examples';
import { readModels } from './read-models';

describe.each(readModels.map((model) => [model.projection.name, model.projection] as const))('the projection %s', (_, projection) => {
  const handled = eventTypes.filter((type) => type in projection.handles);
  const recorded = (type: (typeof eventTypes)[number]) => {
    const { event, meta } = decidedExample(type);
    return { type: event.type, data: event.data, meta };
  };

  it.each(handled)('makes a row of %s, or none, on nothing and on what each other event left', (type) => {
    for (const before of [null, ...handled]) {
      const rows = new Map<string, unknown>();
      for (const event of before === null ? [recorded(type)] : [recorded(before), recorded(type)]) {
        for (const key of projection.keys(event)) {
          const { row } = projection.evolve(rows.get(key) ?? undefined, event, key);
          expect(row).not.toBeUndefined();
          rows.set(key, row);
        }
      }
    }
  });
});
