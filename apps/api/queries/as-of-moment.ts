import { applyDecorators } from '@nestjs/common';
import { Transform } from 'class-transformer';
import { ValidateBy } from 'class-validator';
import type { Instant } from '#kernel/id';
import { instantFrom } from '#kernel/instant';
import { tokenFrom, type Token } from './consistency-token';

/** As of when or where something is asked: a date, for what was recorded by then, or a position. */
export type AsOfMoment = { readonly date: Instant } | Token;

/** Null for what names neither. */
const asOfMomentFrom = (text: string): AsOfMoment | null => {
  const date = instantFrom(text);
  return date === null ? tokenFrom(text) : { date };
};

/** Brings a query's text to the place that it names. */
export const IsAsOfMoment = (): PropertyDecorator =>
  applyDecorators(
    // What names none stays a text, and is refused as one.
    Transform(({ value }: { readonly value: unknown }) => (typeof value === 'string' ? (asOfMomentFrom(value) ?? value) : value)),
    ValidateBy({
      name: 'isAsOfMoment',
      validator: {
        validate: (value) => typeof value === 'object' && value !== null && !Array.isArray(value),
        defaultMessage: () => '$property must be an instant with a time zone that exists, or a position as a command answered it',
      },
    }),
  );
