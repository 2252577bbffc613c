import { createCodec } from '#event-store/codec/codec';
import { memoryKeys } from '#keys/memory-keys';
import { serveFolding } from '#read-store/fold/fold-serving';
import { readModels } from '#projections/read-models';

/** A thread that folds every read model there is; decoding needs no keys. */
serveFolding({ readModels, codec: createCodec(memoryKeys()) });
