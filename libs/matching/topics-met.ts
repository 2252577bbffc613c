import type { Grouped, Market } from './market';
import type { NearTopicsInput } from './round-inputs';
import type { Numbering } from './sides';

/** By topic, the topics that may meet it, itself first; and how far each lies. */
export interface TopicsMet extends Grouped {
  /** Beside `values`, in steps. */
  readonly steps: Uint8Array;
}

/** Those in use alone: `numbers` has each of them already. */
export const topicsMet = (near: readonly NearTopicsInput[], numbers: Numbering): TopicsMet => {
  const beside = Array.from({ length: numbers.size() }, (): { topic: number; steps: number }[] => []);
  for (const { topics, steps } of near) {
    const [one, other] = topics.map((key) => numbers.known(key));
    if (one === undefined || other === undefined || one === other) continue;
    beside[one]!.push({ topic: other, steps });
    beside[other]!.push({ topic: one, steps });
  }
  // by number, which the draw gives: no order of the inputs is seen (R18)
  const met = beside.map((others, topic) => [{ topic, steps: 0 }, ...others.sort((a, b) => a.topic - b.topic)]);
  const first = new Int32Array(met.length + 1);
  met.forEach((own, topic) => (first[topic + 1] = first[topic]! + own.length));
  const all = met.flat();
  return { first, values: Int32Array.from(all, ({ topic }) => topic), steps: Uint8Array.from(all, ({ steps }) => steps) };
};

/** More steps than any two topics that meet lie apart. */
const UNRELATED = 255;

/** How far the topic of an offer lies from that of a request; most that are compared are on one. */
export const stepsApart = ({ offer, request, met }: Market, given: number, sought: number): number => {
  const [one, other] = [offer.topic[given]!, request.topic[sought]!];
  if (one === other) return 0;
  for (let at = met.first[other]!; at < met.first[other + 1]!; at += 1) if (met.values[at] === one) return met.steps[at]!;
  return UNRELATED;
};
