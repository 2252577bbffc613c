import { applyDecorators } from '@nestjs/common';
import { dayFrom, instantFrom } from '#kernel/instant';
import { Transform, Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayMinSize,
  ArrayUnique,
  IsArray,
  IsInt,
  IsObject,
  IsString,
  IsUUID,
  Matches,
  Max,
  MaxLength,
  Min,
  ValidateBy,
  ValidateNested,
} from 'class-validator';
import { LINE, TEXT } from '#domain/text';

/** Longest texts, in characters. */
export const LENGTH = {
  name: 200,
  email: 320,
  employeeNumber: 64,
  topic: 200,
  wording: 2000,
  text: 4000,
  place: 500,
  criterion: 500,
  uri: 500,
} as const;

/** Every spelling with a zone is brought to the one in UTC; what is none stays as it is, and is refused so. */
const canonical = (value: unknown): unknown => (typeof value === 'string' ? (instantFrom(value) ?? value) : value);

/** ISO 8601 with a zone, `2026-03-01T09:00:00Z` or `…+01:00`, that exists (R24). */
export const IsInstant = (): PropertyDecorator =>
  applyDecorators(
    Transform(({ value }) => canonical(value)),
    ValidateBy({
      name: 'isInstant',
      validator: {
        validate: (value) => typeof value === 'string' && instantFrom(value) !== null,
        defaultMessage: () => '$property must be an ISO 8601 instant with a time zone, and exist',
      },
    }),
  );

/** A calendar day, `2026-03-01`, that exists (R24). */
export const IsDay = (): PropertyDecorator =>
  ValidateBy({
    name: 'isDay',
    validator: {
      validate: (value) => typeof value === 'string' && dayFrom(value) !== null,
      defaultMessage: () => '$property must be a day that exists, as 2026-03-01',
    },
  });

/** No earlier than the day that another field of the same object names (R24). */
export const IsNotBefore = (field: string): PropertyDecorator =>
  ValidateBy({
    name: 'isNotBefore',
    constraints: [field],
    validator: {
      validate: (value, asked) => String(value) >= String((asked?.object as Record<string, unknown>)[field]),
      defaultMessage: () => `$property must not lie before ${field}`,
    },
  });

/** An id that Savoirs gave: canonical lower-case UUID. */
export const IsId = (): PropertyDecorator =>
  applyDecorators(
    Transform(({ value }) => (typeof value === 'string' ? value.toLowerCase() : (value as unknown))),
    IsUUID(),
  );

/** A list of different ids. */
export const AreIds = (least: number, most: number): PropertyDecorator =>
  applyDecorators(
    Transform(({ value }) =>
      Array.isArray(value) ? value.map((id: unknown) => (typeof id === 'string' ? id.toLowerCase() : id)) : (value as unknown),
    ),
    IsArray(),
    ArrayMinSize(least),
    ArrayMaxSize(most),
    ArrayUnique(),
    IsUUID('all', { each: true }),
  );

/** Free text of one line or several (R24). */
export const IsText = (longest: number): PropertyDecorator =>
  applyDecorators(
    IsString(),
    MaxLength(longest),
    Matches(TEXT, { message: '$property must hold something visible, and no control characters' }),
  );

/** A name, or another text of one line (R24). */
export const IsLine = (longest: number): PropertyDecorator =>
  applyDecorators(
    IsString(),
    MaxLength(longest),
    Matches(LINE, { message: '$property must be one line that holds something visible, and no control characters' }),
  );

/** Code of a site or a unit. */
export const IsCode = (): PropertyDecorator =>
  applyDecorators(IsString(), Matches(/^[\p{L}\p{N}][\p{L}\p{N}_.-]{0,63}$/u, { message: '$property must be a code' }));

/** A taxonomy's URI (ESCO, ROME, the network's own list). */
export const IsTopicUri = (): PropertyDecorator =>
  applyDecorators(
    IsString(),
    MaxLength(LENGTH.uri),
    Matches(/^[A-Za-z][A-Za-z0-9+.-]*:[\x21-\x7e]+$/, { message: '$property must be a URI' }),
  );

/** A whole number from `least` to `most`. */
export const IsWhole = (least: number, most: number): PropertyDecorator => applyDecorators(IsInt(), Min(least), Max(most));

type Shape = () => new () => object;

/** One nested object, there and checked: `ValidateNested` alone lets a missing one pass. */
export const IsNested = (shape: Shape): PropertyDecorator => applyDecorators(IsObject(), ValidateNested(), Type(shape));

/** A list of nested objects, none of them null. */
export const IsNestedList = (shape: Shape, least: number, most: number): PropertyDecorator =>
  applyDecorators(
    IsArray(),
    ArrayMinSize(least),
    ArrayMaxSize(most),
    IsObject({ each: true }),
    ValidateNested({ each: true }),
    Type(shape),
  );
