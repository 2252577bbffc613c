import { Injectable, ValidationPipe, type ArgumentMetadata, type PipeTransform, type ValidationError } from '@nestjs/common';
import type { ValidatorOptions } from 'class-validator';
import { fieldRule } from '../problems/field-rules';
import { malformed, type BilingualFieldError } from '../problems/problem';
import { instanceOf } from './compiled-instances';
import { isSurelyValid } from './compiled-rules';

const escaped = (name: string): string => name.replaceAll('~', '~0').replaceAll('/', '~1');
const inBody = (parent: string, name: string): string => `${parent}/${escaped(name)}`;
const inQuery = (parent: string, name: string): string => (parent === '' ? name : `${parent}.${name}`);

/** A field that nobody expects is named only if it looks like a field: a person may have put anything there. */
const FIELD = /^[a-z][A-Za-z0-9]{0,39}$/;

type Named = (parent: string, name: string) => string;

const flatten = (errors: readonly ValidationError[], named: Named, parent = ''): readonly BilingualFieldError[] =>
  errors.flatMap(({ property, constraints = {}, children = [] }) => {
    if (property === undefined) return [{ field: parent, message: fieldRule('must be an object') }];
    if ('whitelistValidation' in constraints)
      return [{ field: FIELD.test(property) ? named(parent, property) : parent, message: fieldRule('an unknown field: leave it out') }];
    const field = named(parent, property);
    return [
      ...Object.values(constraints).map((message) => ({ field, message: fieldRule(message, property) })),
      ...flatten(children, named, field),
    ];
  });

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Nobody mends more at a time. */
const MOST_TOLD = 100;

/** Three times what the largest command holds. Whatever tells wrong fields one by one takes long over more, and nobody else is answered meanwhile. */
const MOST_VALUES = 4_000;

const holdsTooMuch = (body: object): boolean => {
  const open: unknown[] = [body];
  for (let seen = 0; open.length > 0; seen += 1) {
    if (seen + open.length > MOST_VALUES) return true;
    const value = open.pop();
    if (typeof value === 'object' && value !== null) open.push(...Object.values(value).slice(0, MOST_VALUES));
  }
  return false;
};

/** Most are as they should be: only what may not be is told by class-validator, field by field. */
class CompiledValidation extends ValidationPipe {
  protected override validate(object: object, options?: ValidatorOptions): Promise<ValidationError[]> | ValidationError[] {
    return isSurelyValid(object) ? [] : super.validate(object, options);
  }
}

const pipe = (named: Named): ValidationPipe =>
  new CompiledValidation({
    transform: true,
    whitelist: true,
    forbidNonWhitelisted: true,
    forbidUnknownValues: true,
    validationError: { target: false, value: false },
    exceptionFactory: (errors) => malformed(...flatten(errors, named).slice(0, MOST_TOLD)),
  });

/** What no address carries for a reader: NUL, which the database does not take, and what a terminal or a log would obey. */
const UNREADABLE = /[\p{Cc}\p{Cs}]/u;

const refuseUnreadable = (value: unknown, field = ''): void => {
  if (typeof value === 'string' && UNREADABLE.test(value))
    throw malformed({ field, message: fieldRule('must hold no control characters') });
  if (typeof value !== 'object' || value === null) return;
  for (const [name, inner] of Object.entries(value)) refuseUnreadable(inner, FIELD.test(name) ? inQuery(field, name) : field);
};

/** Unknown fields are refused, wrong ones named (in a body by JSON pointer); values are never repeated. */
@Injectable()
export class Validation implements PipeTransform {
  private readonly body = pipe(inBody);
  private readonly query = pipe(inQuery);

  transform(value: unknown, metadata: ArgumentMetadata): unknown {
    const { type, metatype, data } = metadata;
    // made by a decorator of our own, which reads what it takes
    if (type === 'custom') return value;
    if (type !== 'body') {
      refuseUnreadable(value, data);
      return this.query.transform(value, metadata);
    }
    if (value !== undefined && !isObject(value)) throw malformed({ field: '', message: fieldRule('must be a JSON object') });
    const made = metatype && value !== undefined ? instanceOf(metatype as new () => object, value) : null;
    if (made !== null && isSurelyValid(made)) return made;
    if (value !== undefined && holdsTooMuch(value))
      throw malformed({ field: '', message: fieldRule(`must hold no more than ${MOST_VALUES} values in all`) });
    return this.body.transform(value, metadata);
  }
}
