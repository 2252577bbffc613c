import type { TSchema } from '@sinclair/typebox';
import { personalMark, type PersonalMark } from './schema-kit';

/** Where personal fields lie below one object: compiled once from a schema, so that no event is searched for them. */
export interface PersonalPlan {
  readonly key: string;
  readonly mark?: PersonalMark;
  readonly below?: readonly PersonalPlan[];
  /** `below` holds for each item of the list at `key`. */
  readonly each?: boolean;
}

/** One personal field of one event, at `holder[key]`. */
export interface PersonalField {
  readonly holder: Record<string, unknown>;
  readonly key: string;
  /** JSON pointer into `data`. */
  readonly path: string;
  readonly mark: PersonalMark;
}

type Fields = { readonly [key: string]: TSchema };

const fieldsOf = (schema: TSchema): Fields | undefined => schema['properties'] as Fields | undefined;
const branchesOf = (schema: TSchema): readonly TSchema[] => (schema['anyOf'] as readonly TSchema[] | undefined) ?? [];
const orNull = (schema: TSchema): TSchema => branchesOf(schema).find((branch) => branch['type'] !== 'null') ?? schema;

const holdsPersonal = (schema: unknown): boolean =>
  typeof schema === 'object' && schema !== null && ('personal' in schema || Object.values(schema).some(holdsPersonal));

const planOf = (key: string, schema: TSchema): PersonalPlan => {
  const mark = personalMark(schema);
  if (mark !== undefined) return { key, mark };
  const branches = branchesOf(schema);
  if (branches.length === 2 && branches.some(({ type }) => type === 'null')) return planOf(key, orNull(schema));
  const items = schema['items'] as TSchema | undefined;
  if (items !== undefined && fieldsOf(items) !== undefined) return { key, each: true, below: personalPlan(items) };
  if (fieldsOf(schema) !== undefined) return { key, below: personalPlan(schema) };
  throw new Error(`a personal field below "${key}" lies where no plan reaches: use objects and lists of objects`);
};

/** @throws where a personal field lies in a union, a tuple or a map: those have no plan */
export const personalPlan = (schema: TSchema): readonly PersonalPlan[] =>
  Object.entries(fieldsOf(schema) ?? {})
    .filter(([, field]) => holdsPersonal(field))
    .map(([key, field]) => planOf(key, field));

/** Calls `visit` for every personal field that is there and not null. */
export const eachPersonal = (plan: readonly PersonalPlan[], data: unknown, visit: (field: PersonalField) => void, prefix = ''): void => {
  const holder = data as Record<string, unknown>;
  for (const { key, mark, below, each } of plan) {
    const value = holder[key];
    if (value === null || value === undefined) continue;
    const path = `${prefix}/${key}`;
    if (mark !== undefined) visit({ holder, key, path, mark });
    else if (each === true) (value as unknown[]).forEach((item, index) => eachPersonal(below ?? [], item, visit, `${path}/${index}`));
    else eachPersonal(below ?? [], value, visit, path);
  }
};

/** The value at a JSON pointer of plain names. */
export const at = (data: unknown, pointer: string): unknown =>
  pointer
    .split('/')
    .slice(1)
    .reduce<unknown>((value, name) => (value as Record<string, unknown> | null | undefined)?.[name], data);
