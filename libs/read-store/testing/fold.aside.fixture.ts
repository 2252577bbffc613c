import { createCodec } from '#event-store/codec/codec';
import { memoryKeys } from '#keys/memory-keys';
import { serveFolding } from '../fold/fold-serving';
import type { AnyReadModel } from '../read-model';
import { daysModel, hoursModel } from './hours-log';

/** Throws at the hours of one member, as a fold with a fault does. */
const fragile: AnyReadModel = {
  ...hoursModel,
  projection: {
    ...hoursModel.projection,
    evolve: (row, event, key) => {
      if (key === 'poison') throw new RangeError('a fold that fails');
      return hoursModel.projection.evolve(row as never, event as never, key);
    },
  },
};

serveFolding({ readModels: [fragile, daysModel as AnyReadModel], codec: createCodec(memoryKeys()) });
