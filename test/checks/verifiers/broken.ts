import type { Bundle } from '#audit/bundle/bundle';
import type { SeededRandom } from '#apps/demo/seeded-random';

type Path = readonly (string | number)[];
type Holder = Record<string | number, unknown>;

/** Every value in a bundle that is no list and no object. */
export const pathsIn = (value: unknown, path: Path = []): readonly Path[] =>
  typeof value === 'object' && value !== null
    ? Object.entries(value).flatMap(([name, part]) => pathsIn(part, [...path, Array.isArray(value) ? Number(name) : name]))
    : [path];

const otherLetter = (chance: SeededRandom, text: string): string => {
  const at = chance.whole(0, Math.max(0, text.length - 1));
  return `${text.slice(0, at)}${text[at] === 'Q' ? 'R' : 'Q'}${text.slice(at + 1)}`;
};

const otherText = (chance: SeededRandom, text: string): unknown =>
  chance.of([
    () => otherLetter(chance, text),
    () => `${text}x`,
    () => text.slice(0, -1),
    () => ` ${text}`,
    () => [text],
    () => null,
    () => 7,
    () => '\ud800',
  ])();

const otherNumber = (chance: SeededRandom, number: number): unknown =>
  chance.of<unknown>([number + 1, number + 256, -1 - number, number + 0.5, String(number), null, true, 2 ** 53]);

/** A copy with another value in this place. */
export const broken = (bundle: Bundle, path: Path, chance: SeededRandom): unknown => {
  const copy: unknown = JSON.parse(JSON.stringify(bundle));
  // the path was found in the same bundle
  const holder = path.slice(0, -1).reduce<Holder>((part, name) => part[name] as Holder, copy as Holder);
  const name = path.at(-1)!;
  const value = holder[name];
  holder[name] = typeof value === 'number' ? otherNumber(chance, value) : otherText(chance, String(value));
  return copy;
};
