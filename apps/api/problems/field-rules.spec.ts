import { getMetadataStorage, type ValidationArguments } from 'class-validator';
import '../openapi/document';
import { fieldRule } from './field-rules';

interface Rule {
  readonly type: string;
  readonly propertyName: string;
  readonly constraints?: readonly unknown[];
  readonly constraintCls?: new () => object;
  readonly message?: string | ((args: ValidationArguments) => string);
}

/** Every message that the validator can give for a body or a query of the API. */
const messages = (): readonly (readonly [field: string, message: string])[] => {
  const storage = getMetadataStorage() as unknown as { validationMetadatas: ReadonlyMap<unknown, readonly Rule[]> };
  const custom = (rule: Rule): Rule['message'] => {
    if (rule.type === 'nestedValidation') return 'nested property $property must be either object or array';
    const [{ instance } = {}] = rule.constraintCls ? getMetadataStorage().getTargetValidatorConstraints(rule.constraintCls) : [];
    return (args) => instance?.defaultMessage?.(args) ?? '';
  };
  return [...storage.validationMetadatas.values()].flat().flatMap((rule) => {
    if (rule.type === 'conditionalValidation') return [];
    const { propertyName, constraints = [], message = custom(rule) } = rule;
    const said =
      typeof message === 'string' ? message : message!({ constraints, property: propertyName } as unknown as ValidationArguments);
    const text = constraints.reduce<string>((so, value, at) => so.replaceAll(`$constraint${at + 1}`, String(value)), said);
    return [[propertyName, text.replaceAll('$property', propertyName)] as const];
  });
};

describe('what a field must be', () => {
  it('is said in French of every rule of every body and query', () => {
    const all = messages();
    expect(all.length).toBeGreaterThan(200);
    const english = all.filter(([field, message]) => {
      const { en, fr } = fieldRule(message, field);
      return fr === en || fr.includes('must');
    });
    expect([...new Set(english.map(([, message]) => message))]).toEqual([]);
  });

  it('does not repeat the field, which stands beside it, and keeps its numbers', () => {
    expect(fieldRule('capacity must not be greater than 50', 'capacity')).toEqual({
      en: 'must not be greater than 50',
      fr: 'doit valoir au plus 50',
    });
    expect(fieldRule('each value in availability must be one of the following values: mon-am, mon-pm', 'availability')).toEqual({
      en: 'each value must be one of the following values: mon-am, mon-pm',
      fr: 'chaque valeur doit être l’une de ces valeurs : mon-am, mon-pm',
    });
  });

  it('is said in English where nobody has put it in French yet', () => {
    expect(fieldRule('hue must be a colour', 'hue')).toEqual({ en: 'must be a colour', fr: 'must be a colour' });
  });
});
