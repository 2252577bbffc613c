import { ValidationPipe, type ValidationError } from '@nestjs/common';
import { problem, type FieldError } from './problem';

const flatten = (errors: readonly ValidationError[], parent = ''): readonly FieldError[] =>
  errors.flatMap(({ property, constraints, children = [] }) => {
    const field = `${parent}/${property}`;
    const own = Object.values(constraints ?? {}).map((message) => ({ field, message }));
    return [...own, ...flatten(children, field)];
  });

/** Unknown fields are refused, wrong ones named; values are never repeated. */
export const validation = new ValidationPipe({
  transform: true,
  whitelist: true,
  forbidNonWhitelisted: true,
  forbidUnknownValues: true,
  validationError: { target: false, value: false },
  exceptionFactory: (errors) => problem(400, 'malformed', 'The request is malformed', { errors: flatten(errors) }),
});
