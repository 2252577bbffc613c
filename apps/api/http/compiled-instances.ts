import { getMetadataStorage } from 'class-validator';
import { transformerMetadata } from '../openapi/transformer-metadata';

type Class = new () => object;
type Plain = Readonly<Record<string, unknown>>;

/** What becomes of a field: an object is made one of the class below, then each change is applied. */
interface Field {
  readonly below: Class | null;
  readonly changes: ReturnType<typeof transformerMetadata.findTransformMetadatas>;
}

/** By the names that a class's rules know; null: something here is beyond this. */
type Fields = ReadonlyMap<string, Field> | null;

const BUILT_IN: readonly unknown[] = [String, Number, Boolean, Date, Array, Object, Map, Set];

const fieldOf = (target: Class, name: string): Field | null => {
  const type = transformerMetadata.findTypeMetadata(target, name);
  const below = type?.typeFunction() ?? null;
  if ('discriminator' in (type?.options ?? {}) || BUILT_IN.includes(below)) return null;
  return { below, changes: transformerMetadata.findTransformMetadatas(target, name, 0) };
};

const fieldsOf = (target: Class): Fields => {
  const { getExposedMetadatas: exposed, getExcludedMetadatas: excluded } = transformerMetadata;
  if ([exposed, excluded].some((some) => some.call(transformerMetadata, target).length > 0)) return null;
  const names = getMetadataStorage()
    .getTargetValidationMetadatas(target, '', false, false)
    .map(({ propertyName }) => propertyName);
  const fields = new Map<string, Field>();
  for (const name of new Set(names)) {
    const field = fieldOf(target, name);
    if (field === null) return null;
    fields.set(name, field);
  }
  return fields;
};

const known = new Map<Class, Fields>();

const fieldsFor = (target: Class): Fields => {
  const before = known.get(target);
  if (before !== undefined) return before;
  const fields = fieldsOf(target);
  known.set(target, fields);
  return fields;
};

/** Not made here. */
const NOT = Symbol('not');

const valueOf = (value: unknown, below: Class | null): unknown => {
  if (typeof value !== 'object' || value === null) return value;
  if (!Array.isArray(value)) return below === null ? NOT : (instanceOf(below, value as Plain) ?? NOT);
  const items = value.map((item) => valueOf(item, below));
  return items.includes(NOT) ? NOT : items;
};

/**
 * The object that class-transformer makes of parsed JSON, by what is read once a class, not at each request. Null where it is not made
 * here: a field that no rule knows, a map, a class that asks for more.
 */
export const instanceOf = (target: Class, plain: Plain): object | null => {
  const fields = fieldsFor(target);
  if (fields === null) return null;
  const instance = new target() as Record<string, unknown>;
  for (const key of Object.keys(plain)) {
    const field = fields.get(key);
    if (field === undefined) return null;
    let value = valueOf(plain[key], field.below);
    if (value === NOT) return null;
    for (const { transformFn } of field.changes) value = transformFn({ value, key, obj: plain });
    instance[key] = value;
  }
  return instance;
};
