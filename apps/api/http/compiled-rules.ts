import { getMetadataStorage, type ValidationArguments } from 'class-validator';

type MetadataStorage = ReturnType<typeof getMetadataStorage>;
type Metadata = ReturnType<MetadataStorage['getTargetValidationMetadatas']>[number];
/** A class, as the library knows it. */
type Target = Parameters<MetadataStorage['getTargetValidationMetadatas']>[0];
type Rule = (value: unknown, holder: object) => boolean;

interface Field {
  readonly name: string;
  /** Where one says no, the rules do not apply. */
  readonly conditions: readonly Rule[];
  readonly rules: readonly Rule[];
}

/** Null: something here is beyond this. */
type Shape = ReadonlyMap<string, Field> | null;

const custom = ({ constraintCls, constraints, each, propertyName, validateIf }: Metadata, targetName: string): Rule | null => {
  const checks = getMetadataStorage()
    .getTargetValidatorConstraints(constraintCls)
    .map(({ instance }) => instance);
  if (validateIf) return null;
  const holds = (one: unknown, about: ValidationArguments): boolean => {
    for (const check of checks) if (check.validate(one, about) !== true) return false;
    return true;
  };
  return (value, object) => {
    const about = { targetName, property: propertyName, object, value, constraints };
    if (!each || !Array.isArray(value)) return holds(value, about);
    for (const one of value as readonly unknown[]) if (!holds(one, about)) return false;
    return true;
  };
};

const nested: Rule = (value) => value === undefined || (Array.isArray(value) ? value.every(isWhole) : isWhole(value));

const isWhole = (value: unknown): boolean => typeof value === 'object' && value !== null && !Array.isArray(value) && isSurelyValid(value);

const ruleOf = (metadata: Metadata, targetName: string): Rule | null => {
  if (metadata.type === 'nestedValidation') return nested;
  return metadata.type === 'customValidation' ? custom(metadata, targetName) : null;
};

const fieldOf = (name: string, all: readonly Metadata[], targetName: string): Field | null => {
  const optional = all.filter(({ type }) => type === 'conditionalValidation');
  const others = all.filter(({ type }) => type !== 'conditionalValidation' && type !== 'whitelistValidation');
  const rules = others.map((metadata) => ruleOf(metadata, targetName));
  if (rules.includes(null)) return null;
  const conditions = optional.map(({ constraints }): Rule => {
    const applies = constraints[0] as (object: object, value: unknown) => boolean;
    return (value, object) => applies(object, value);
  });
  return { name, conditions, rules: rules.filter((rule) => rule !== null) };
};

const shapeOf = (target: Target): Shape => {
  const storage = getMetadataStorage();
  const all = storage.getTargetValidationMetadatas(target, '', false, false);
  const fields = Object.entries(storage.groupByPropertyName(all)).map(([name, some]) => fieldOf(name, some, target.name));
  if (fields.length === 0 || fields.includes(null)) return null;
  return new Map(fields.flatMap((field) => (field ? [[field.name, field]] : [])));
};

const isKept = ({ name, conditions, rules }: Field, object: object): boolean => {
  const value = (object as Readonly<Record<string, unknown>>)[name];
  for (const applies of conditions) if (!applies(value, object)) return true;
  for (const holds of rules) if (!holds(value, object)) return false;
  return true;
};

const shapes = new Map<unknown, Shape>();

const shapeFor = (object: object): Shape => {
  const target = object.constructor;
  const known = shapes.get(target);
  if (known !== undefined) return known;
  const shape = typeof target === 'function' ? shapeOf(target) : null;
  shapes.set(target, shape);
  return shape;
};

/**
 * Whether an object of a class keeps all that the class's decorators ask, and has no other field: read once a class, not at each request.
 * No is no answer: what is wrong, or whether anything is, class-validator says.
 */
export const isSurelyValid = (object: object): boolean => {
  const shape = shapeFor(object);
  if (shape === null) return false;
  for (const name of Object.keys(object)) if (!shape.has(name)) return false;
  for (const field of shape.values()) if (!isKept(field, object)) return false;
  return true;
};
