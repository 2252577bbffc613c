import { parentPort, workerData } from 'node:worker_threads';
import type { Codec, RecordedEvent } from '#event-store/codec.port';
import type { Position, StoredEvent } from '#event-store/log.port';
import { KEPT_EVENTS, type Folded, type FromThread, type ToThread } from './fold-messages';
import { KeyFilter, shareOf } from './bloom-filter';
import { versionsOf } from './model-versions';
import type { AnyReadModel } from '../read-model';
import { readModelTable } from '../tables/read-model-table';
import { RowFold, type Step, type StoredRow } from './row-fold';
import { encode } from './row-writer';

/** Events once decoded, for all consumers of a batch. */
class Decoded {
  private readonly events = new Map<Position, () => RecordedEvent>();

  constructor(private readonly codec: Pick<Codec, 'decode'>) {}

  step(told: StoredEvent | Position): Step {
    if (typeof told === 'string') return { stored: { position: told }, event: this.events.get(told)! };
    let event: RecordedEvent | undefined;
    const decode = (): RecordedEvent => (event ??= this.codec.decode(told));
    this.events.set(told.position, decode);
    if (this.events.size > KEPT_EVENTS) this.events.delete(this.events.keys().next().value!);
    return { stored: told, event: decode };
  }
}

interface Consumed extends Folded {
  readonly model: AnyReadModel;
  readonly fold: RowFold;
}

export interface Serving {
  readonly readModels: readonly AnyReadModel[];
  readonly codec: Pick<Codec, 'decode'>;
}

/** The thread's side: folds what it is sent, and answers with rows ready to be written. Called once, by the file that a thread runs. */
export const serveFolding = ({ readModels, codec }: Serving): void => {
  const port = parentPort;
  if (port === null) throw new Error('runs in a thread of its own only');
  const tell = (message: FromThread, handed: readonly ArrayBuffer[] = []): void => port.postMessage(message, handed);
  const loading = new Map<number, (rows: readonly StoredRow[]) => void>();
  let requests = 0;
  const load = (consumer: number, keys: readonly string[]): Promise<readonly StoredRow[]> =>
    new Promise((resolve) => {
      loading.set((requests += 1), resolve);
      tell({ is: 'load', request: requests, consumer, keys });
    });
  const decoded = new Decoded(codec);
  const models = readModels.flatMap(versionsOf);
  const consumed = (workerData as readonly Folded[]).map((one, consumer): Consumed => {
    const model = models.find(({ projection }) => projection.name === one.name && projection.version === one.version);
    if (!model) throw new Error(`no read model ${one.name} in version ${one.version}`);
    const { of, index } = one.share;
    const isOurs = of === 1 ? {} : { isOurs: (key: string) => shareOf(key, of) === index };
    const { projection } = model;
    const stored = new KeyFilter(one.stored);
    return {
      ...one,
      model,
      fold: new RowFold({ projection, memoryBytes: one.memoryBytes, load: (keys) => load(consumer, keys), stored, ...isOurs }),
    };
  });
  const work = async (told: Exclude<ToThread, { is: 'rows' }>): Promise<void> => {
    const { fold, model, projection } = consumed[told.consumer]!;
    if (told.is === 'events') {
      await fold.take(
        told.events.map((event) => decoded.step(event)),
        { at: told.at },
      );
      tell({ is: 'taken' });
      return;
    }
    const sealed = await encode({ table: readModelTable(model, 'any'), projection }, await fold.seal()());
    // Handed over without copying.
    const buffers = [...sealed.rows, ...sealed.told].map(({ buffer }) => buffer as ArrayBuffer);
    tell({ is: 'sealed', request: told.request, sealed }, [...new Set(buffers)]);
  };
  let last: Promise<void> = Promise.resolve();
  port.on('message', (told: ToThread) => {
    if (told.is === 'rows') return void loading.get(told.request)?.(told.rows);
    last = last
      .then(() => work(told))
      .catch((fault: unknown) => {
        const { name, message } = fault instanceof Error ? fault : new Error('unknown fault');
        tell({ is: 'fault', consumer: told.consumer, name, message });
      });
  });
};
