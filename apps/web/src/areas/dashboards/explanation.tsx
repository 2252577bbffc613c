import { Fragment } from 'react';
import type { paths } from '../../api/generated/schema';
import { Card } from '../../design/parts';
import { number } from '../../i18n/format';
import { useExplanationTexts } from './explanation-texts';

type Answer<Path extends keyof paths, Method extends keyof paths[Path]> = paths[Path][Method] extends {
  responses: { 200: { content: { 'application/json': infer Body } } };
}
  ? Body
  : never;
export type RiskExplained = Answer<'/networks/{networkId}/risk/explanation', 'post'>;
export type SatisfactionExplained = Answer<'/networks/{networkId}/satisfaction/explanation', 'post'>;

/** The first page explains the figure, the next ones go on with its events. */
export type RiskBehind = RiskExplained | Answer<'/networks/{networkId}/risk/evidence', 'post'>;
export type RiskListed = Answer<'/networks/{networkId}/risk/explanation', 'get'> | Answer<'/networks/{networkId}/risk/evidence', 'get'>;
export type SatisfactionBehind = SatisfactionExplained | Answer<'/networks/{networkId}/satisfaction/evidence', 'post'>;

/** A part of the formula: its number, and by opaque id what it counts. */
interface Part {
  readonly name: 'numerator' | 'denominator' | 'numbers' | 'due' | 'answered' | 'persons';
  readonly amount: number | null;
  readonly of: RiskExplained['operands'][number]['of'] | null;
  readonly ids: readonly string[];
}

type Operand = Omit<RiskExplained['operands'][number], 'ids' | 'numbers'> & { readonly ids?: readonly string[] };

export const riskParts = ({ operands }: { readonly operands: readonly Operand[] }): readonly Part[] =>
  operands.map(({ name, value, of, ids = [] }) => ({ name, amount: value, of, ids }));

/** Whom it counts is told to auditors alone (R15): nothing is `counted` for others. */
export const satisfactionParts = ({ figure, counted }: Pick<SatisfactionExplained, 'figure' | 'counted'>): readonly Part[] => {
  const plain = (name: Part['name'], amount: number | null | undefined): readonly Part[] =>
    typeof amount === 'number' ? [{ name, amount, of: null, ids: [] }] : [];
  const { persons = [], due = 0, answered = 0 } = counted ?? {};
  return [
    ...plain('numerator', figure?.numerator),
    ...plain('denominator', figure?.denominator),
    ...(due > 0 ? [...plain('due', due), ...plain('answered', answered)] : []),
    ...(counted ? [{ name: 'persons', amount: persons.length, of: 'members', ids: persons } as const] : []),
  ];
};

interface ExplanationProps {
  readonly rules: readonly string[];
  /** In words, in the reader's language. */
  readonly formula: string;
  readonly parts: readonly Part[];
}

/** A figure down to its rules, its formula, the operands, and what these count. */
export const Explanation = ({ rules, formula, parts }: ExplanationProps) => {
  const say = useExplanationTexts();
  return (
    <Card tone="calm">
      <h3>{say('title')}</h3>
      <dl>
        <dt>{say('rules')}</dt>
        <dd>{rules.join(', ')}</dd>
        <dt>{say('formula')}</dt>
        <dd>{formula}</dd>
        {parts.map((part) => (
          <Fragment key={part.name}>
            <dt>{say(part.name)}</dt>
            <dd>
              {part.amount === null ? null : number(part.amount, { maximumFractionDigits: 2 })} {part.of === null ? null : say(part.of)}
              <Counted ids={part.ids} />
            </dd>
          </Fragment>
        ))}
      </dl>
    </Card>
  );
};

const Counted = ({ ids }: Pick<Part, 'ids'>) => {
  const say = useExplanationTexts();
  if (ids.length === 0) return null;
  return (
    <details>
      <summary>{say('counted', { n: number(ids.length) })}</summary>
      <ul>
        {ids.map((id) => (
          <li key={id}>
            <code>{id}</code>
          </li>
        ))}
      </ul>
    </details>
  );
};
