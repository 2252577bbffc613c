import type { Instant } from '#kernel/id';
import { dayFrom, instantFrom } from '#kernel/instant';

/** Bad usage, or input that is not what it should be: one sentence and an exit code (docs/exit-codes.md). */
export class CliProblem extends Error {
  constructor(
    sentence: string,
    readonly exitCode: 64 | 65 | 75,
  ) {
    super(sentence);
    this.name = 'CliProblem';
  }
}

export const badUsage = (sentence: string): CliProblem => new CliProblem(sentence, 64);
export const badData = (sentence: string): CliProblem => new CliProblem(sentence, 65);

/** @throws CliProblem */
export const wholeNumber =
  (name: string, { least, most }: { readonly least: number; readonly most: number }) =>
  (text: string): number => {
    const value = Number(text);
    if (!/^\d+$/.test(text) || value < least || value > most) throw badUsage(`${name} must be a whole number from ${least} to ${most}.`);
    return value;
  };

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/** @throws CliProblem */
export const networkIdIn = (text: string): string => {
  const id = text.toLowerCase();
  if (!UUID.test(id)) throw badUsage('--network must be the id of a network: a UUID.');
  return id;
};

/** A day, or a whole ISO 8601 instant with a zone; it exists (R24). @throws CliProblem */
export const instantIn =
  (name: string) =>
  (text: string): Instant => {
    const instant = instantFrom(dayFrom(text) === null ? text : `${text}T00:00:00Z`);
    if (instant === null) throw badUsage(`${name} must be a day that exists, such as 2026-03-01, or an instant with its zone.`);
    return instant;
  };
