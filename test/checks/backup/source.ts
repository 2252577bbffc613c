import { createHash } from 'node:crypto';
import type { RecordedEvent } from '#event-store/codec.port';
import { START, type StoredEvent } from '#event-store/log.port';
import type { Installation } from '#apps/installation/installation';
import { eventsAfter } from '../runner/differences';

export interface Text {
  readonly owner: string;
  readonly digest: string;
}

export type Texts = ReadonlyMap<string, Text>;

const digestOf = (text: string): string => createHash('sha256').update(text).digest('hex');

/** Clear texts by reference, told by their digests. @throws MissingKey */
export const textsOf = async ({ codec }: Pick<Installation, 'codec'>, events: readonly StoredEvent[]): Promise<Map<string, Text>> => {
  const texts = new Map<string, Text>();
  for (const stored of events)
    for (const { ref, owner, text } of await codec.personalTexts(stored)) texts.set(ref, { owner, digest: digestOf(text) });
  return texts;
};

/** The running installation's log as this process knows it: it only grows. */
export class Source {
  readonly events: StoredEvent[] = [];
  readonly texts = new Map<string, Text>();

  constructor(private readonly installation: Installation) {}

  async catchUp(): Promise<void> {
    const more = await eventsAfter(this.installation, this.events.at(-1)?.position ?? START);
    for (const [ref, text] of await textsOf(this.installation, more)) this.texts.set(ref, text);
    this.events.push(...more);
  }

  /** Nobody can read their texts any more. */
  forget(member: string): void {
    for (const [ref, { owner }] of this.texts) if (owner === member) this.texts.delete(ref);
  }

  decoded(count: number): readonly RecordedEvent[] {
    return this.events.slice(0, count).map((stored) => this.installation.codec.decode(stored));
  }
}
