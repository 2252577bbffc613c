import { getMetadataStorage } from 'class-validator';

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

const custom = ({ constraintCls, constraints, each, propertyName, validateIf }: Metadata): Rule | null => {
  const checks = getMetadataStorage()
    .getTargetValidatorConstraints(constraintCls)
    .map(({ instance }) => instance);
  if (validateIf) return null;
  return (value, object) => {
    const about = { targetName: object.constructor.name, property: propertyName, object, value, constraints };
    const holds = (one: unknown): boolean => checks.every((check) => check.validate(one, about) === true);
    if (!each || value instanceof Set || value instanceof Map) return holds(value);
    return Array.isArray(value) ? value.every(holds) : holds(value);
  };
};

const nested: Rule = (value) => value === undefined || (Array.isArray(value) ? value.every(isWhole) : isWhole(value));

const isWhole = (value: unknown): boolean => typeof value === 'object' && value !== null && !Array.isArray(value) && isSurelyValid(value);

const ruleOf = (metadata: Metadata): Rule | null => {
  if (metadata.type === 'nestedValidation') return nested;
  return metadata.type === 'customValidation' ? custom(metadata) : null;
};

const fieldOf = (name: string, all: readonly Metadata[]): Field | null => {
  const optional = all.filter(({ type }) => type === 'conditionalValidation');
  const rules = all.filter(({ type }) => type !== 'conditionalValidation' && type !== 'whitelistValidation').map(ruleOf);
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
  const fields = Object.entries(storage.groupByPropertyName(all)).map(([name, some]) => fieldOf(name, some));
  if (fields.length === 0 || fields.includes(null)) return null;
  return new Map(fields.flatMap((field) => (field ? [[field.name, field]] : [])));
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
  if (shape === null || Object.keys(object).some((name) => !shape.has(name))) return false;
  for (const { name, conditions, rules } of shape.values()) {
    const value = (object as Readonly<Record<string, unknown>>)[name];
    if (conditions.every((applies) => applies(value, object)) && !rules.every((holds) => holds(value, object))) return false;
  }
  return true;
};
