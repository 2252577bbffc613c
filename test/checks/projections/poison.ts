import { CodecFault, type Codec, type RecordedEvent } from '#event-store/codec.port';
import type { StoredEvent } from '#event-store/log.port';
import type { AnyReadModel } from '#read-store/read-model';
import { codec, models } from './workload';
import type { PoisonKind } from './schedule';

/** What a fold must not tell anybody of: it could quote a person. */
class Poisoned extends Error {
  override readonly name = 'Poisoned';
}

/** Which events throw, and where, until the code is mended; all workers run the same code. */
export class Poison {
  mended = false;
  private readonly events = new Map<string, PoisonKind>();

  add(eventId: string, kind: PoisonKind): void {
    this.events.set(eventId, kind);
  }

  get any(): boolean {
    return this.events.size > 0;
  }

  /** Nobody can tell the rows of this event. */
  hides({ eventId }: { readonly eventId: string }): boolean {
    const kind = this.mended ? undefined : this.events.get(eventId);
    return kind === 'keys' || kind === 'unreadable';
  }

  /** Folding this event throws for rows of members and of days, not for those of roles. */
  throwsAt({ eventId }: { readonly eventId: string }, key: string): boolean {
    return !this.mended && this.events.get(eventId) === 'evolve' && /^(member|2026)-/.test(key);
  }

  readonly codec: Codec = {
    ...codec,
    decode: (stored: StoredEvent): RecordedEvent => {
      const { eventId, type, version } = stored;
      if (!this.mended && this.events.get(eventId) === 'unreadable') throw new CodecFault({ eventId, type, version, path: '' }, 'planted');
      return codec.decode(stored);
    },
  };

  readonly models: readonly AnyReadModel[] = models.map((model) => ({
    ...model,
    projection: {
      ...model.projection,
      keys: (event: RecordedEvent): readonly string[] => {
        if (this.hides(event.meta)) throw new Poisoned('planted');
        return model.projection.keys(event);
      },
      evolve: (row: unknown, event: RecordedEvent, key: string) => {
        if (this.throwsAt(event.meta, key)) throw new Poisoned('planted');
        return model.projection.evolve(row, event, key);
      },
    },
  }));
}
