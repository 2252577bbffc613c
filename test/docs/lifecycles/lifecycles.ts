import { exchangeDecider } from '#domain/exchange/exchange.decider';
import { matchDecider } from '#domain/match/match.decider';
import { memberDecider } from '#domain/member/member.decider';
import { offerDecider } from '#domain/offer/offer.decider';
import { requestDecider } from '#domain/request/request.decider';
import { exchangeExamples } from '#testing/examples/exchange.examples';
import { matchExamples } from '#testing/examples/match.examples';
import { memberExamples } from '#testing/examples/member.examples';
import { offerExamples } from '#testing/examples/offer.examples';
import { requestExamples } from '#testing/examples/request.examples';
import { exchangeInputs } from './exchange.inputs';
import { explore, type Explored, type Transition } from './explore';
import { matchInputs } from './match.inputs';
import { memberInputs } from './member.inputs';
import { offerInputs } from './offer.inputs';
import { requestInputs } from './request.inputs';

interface Lifecycle {
  readonly explored: (most?: number) => Explored;
  /** One of each event there is. */
  readonly events: object;
}

export const lifecycles = {
  member: { explored: (most) => explore(memberDecider, memberInputs, most), events: memberExamples },
  offer: { explored: (most) => explore(offerDecider, offerInputs, most), events: offerExamples },
  request: { explored: (most) => explore(requestDecider, requestInputs, most), events: requestExamples },
  match: { explored: (most) => explore(matchDecider, matchInputs, most), events: matchExamples },
  exchange: { explored: (most) => explore(exchangeDecider, exchangeInputs, most), events: exchangeExamples },
} satisfies Readonly<Record<string, Lifecycle>>;

/** Where no stream is yet. */
const BEFORE = 'unknown';
const sorted = (texts: Iterable<string>): readonly string[] => [...new Set(texts)].sort();
/** Mermaid takes no hyphen in a state's name. */
const stateName = (status: string): string => (status === BEFORE ? '[*]' : status.replaceAll('-', '_'));

/** @throws where an event or a command of the aggregate was never met: then the diagram would lack it */
export const stepsOf = (name: string, { explored, events }: Lifecycle): readonly Transition[] => {
  const { steps, unheard } = explored();
  const missing = Object.keys(events).filter((type) => !steps.some(({ event }) => event === type));
  const lacking = [...missing, ...unheard];
  if (lacking.length > 0) throw new Error(`${name}: nothing leads to ${lacking.join(', ')}: give orders that do (test/docs/lifecycles)`);
  return steps;
};

const arrows = (steps: readonly Transition[]): readonly string[] => {
  const moving = steps.filter(({ from, to }) => from !== to);
  const pairs = sorted(moving.map(({ from, to }) => `${from} ${to}`));
  const drawn = pairs.map((pair) => {
    const [from = '', to = ''] = pair.split(' ');
    const events = sorted(moving.filter((step) => step.from === from && step.to === to).map(({ event }) => event));
    return `  ${stateName(from)} --> ${stateName(to)}: ${events.join(', ')}`;
  });
  const ends = sorted(moving.map(({ to }) => to)).filter((status) => !moving.some(({ from }) => from === status));
  return [...drawn, ...ends.map((status) => `  ${stateName(status)} --> [*]`)];
};

/** Events that can leave the status as it is, and where. */
const staying = (steps: readonly Transition[]): readonly string[] => {
  const still = steps.filter(({ from, to }) => from === to);
  return sorted(still.map(({ event }) => event)).map((event) => {
    const where = sorted(still.filter((step) => step.event === event).map(({ from }) => from));
    return `| \`${event}\` | ${where.map((status) => (status === BEFORE ? 'before it' : status)).join(', ')} |`;
  });
};

/** One state machine with its table, as Markdown. */
export const lifecycleText = (name: keyof typeof lifecycles): string => {
  const steps = stepsOf(name, lifecycles[name]);
  const hyphened = sorted(steps.map(({ to }) => to)).filter((status) => status.includes('-'));
  return [
    `### ${name[0]!.toUpperCase()}${name.slice(1)}`,
    '',
    '```mermaid',
    'stateDiagram-v2',
    ...hyphened.map((status) => `  state "${status}" as ${stateName(status)}`),
    ...arrows(steps),
    '```',
    '',
    '| Leaves the status as it is | In |',
    '| --- | --- |',
    ...staying(steps),
    '',
  ].join('\n');
};
