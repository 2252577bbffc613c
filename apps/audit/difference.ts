import type { ShownHistory } from '#projections/exchange-history/exchange-history.projection';

/** One field of an exchange, as it was and as it is. */
export interface ChangedField {
  readonly field: string;
  readonly before: unknown;
  readonly after: unknown;
}

/** On the page already, or not read one by one (R15). */
const LEFT_OUT: readonly string[] = ['exchangeId', 'networkId', 'evaluations', 'followUps', 'timeline'] satisfies (keyof ShownHistory)[];

const fieldsOf = (exchange: ShownHistory | null): ReadonlyMap<string, unknown> => new Map(Object.entries(exchange ?? {}));

/** What of an exchange is otherwise at one moment than at an earlier one. */
export const differenceOf = (before: ShownHistory | null, after: ShownHistory | null): readonly ChangedField[] => {
  const [was, is] = [fieldsOf(before), fieldsOf(after)];
  return [...new Set([...is.keys(), ...was.keys()])]
    .filter((field) => !LEFT_OUT.includes(field))
    .map((field) => ({ field, before: was.get(field) ?? null, after: is.get(field) ?? null }))
    .filter((change) => JSON.stringify(change.before) !== JSON.stringify(change.after));
};
