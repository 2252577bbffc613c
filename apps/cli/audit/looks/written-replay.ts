import { jsonWithoutControls } from '#csv/control-characters';
import type { ExchangeId, NetworkId } from '#domain/ids';
import type { Language } from '#domain/vocabulary';
import type { Looked } from '../../../audit/look';
import { replayPage } from '../../../audit/page';
import { brief, briefly, briefStream, causeOf, isLater, whyWords } from '../../../audit/rows';
import type { HistoryStep } from '../../../audit/steps';
import { stepsCsv } from '../../../audit/steps-csv';
import { rendered, type Row } from '../../output';

export type ReplayForm = 'table' | 'json' | 'csv' | 'html';

interface Of {
  readonly exchangeId: ExchangeId;
  readonly networkId: NetworkId;
  readonly language: Language;
}

const causeWords = (step: HistoryStep, looked: Looked): string => {
  const cause = causeOf(step, looked.replayed);
  switch (cause.kind) {
    case 'step':
      return `after ${cause.number}`;
    case 'elsewhere':
      return `after ${cause.type} of ${briefStream(cause.stream)}`;
    case 'act':
      return 'act';
    case 'unknown':
      return 'cause not found';
  }
};

/** An event stands the deeper, the more events led to it; beyond this it is told by its cause alone. */
const DEEPEST = 5;

const stepLine = (step: HistoryStep, at: number, looked: Looked): Row => ({
  '#': at + 1,
  happened: briefly(step.occurredAt),
  recorded: isLater(step) ? briefly(step.recordedAt) : null,
  event: `${'· '.repeat(Math.min(step.depth, DEEPEST))}${step.type}`,
  of: briefStream(step.stream),
  by: step.actor.role === 'system' ? 'system' : `${step.actor.role} ${brief(step.actor.id)}`,
  why: [causeWords(step, looked), ...whyWords(step.why)].join(', '),
});

const tables = (looked: Looked): string => {
  const { replayed, people } = looked;
  const { steps, difference, exchange, revision, recordedAt, textsErasedAt } = replayed;
  const named = people.some(({ name }) => name !== undefined);
  const persons = people.map(({ role, memberId, name, erasedAt }) => ({
    role,
    member: memberId,
    ...(named ? { name: name ?? null } : {}),
    erased: erasedAt,
  }));
  const changed = difference?.fields.map(({ field, before, after }) => ({
    field,
    before: JSON.stringify(before),
    after: JSON.stringify(after),
  }));
  const lines = steps.map((step, at) => stepLine(step, at, looked));
  return [
    `As of ${briefly(recordedAt)} UTC: ${exchange ? `${exchange.status}, version ${revision}` : 'nothing was agreed yet'}`,
    ...(textsErasedAt === null
      ? []
      : [`Its texts were erased on ${briefly(textsErasedAt)} UTC, after the time that the policy keeps them.`]),
    rendered(['role', 'member', ...(named ? ['name'] : []), 'erased'], persons, 'table'),
    ...(changed
      ? [
          `Since ${difference?.from ? `${briefly(difference.from.recordedAt)} UTC` : 'nothing was there'}:`,
          rendered(['field', 'before', 'after'], changed, 'table'),
        ]
      : []),
    rendered(['#', 'happened', 'recorded', 'event', 'of', 'by', 'why'], lines, 'table'),
    '',
  ].join('\n');
};

/** A replay, as it is asked for. */
export const writtenReplay = (looked: Looked, of: Of, form: ReplayForm): string => {
  const { replayed, people } = looked;
  switch (form) {
    case 'json':
      return `${jsonWithoutControls(JSON.stringify({ exchangeId: of.exchangeId, networkId: of.networkId, ...replayed, people }, null, 2))}\n`;
    case 'csv':
      return stepsCsv(replayed.steps);
    case 'html':
      return replayPage(replayed, { ...of, people });
    case 'table':
      return tables(looked);
  }
};
