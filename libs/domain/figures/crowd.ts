/** R15: fewer distinct authors, or fewer distinct persons judged, are never shown. */
export const ENOUGH = 5;

/** One contribution to a figure: who wrote it, and whom it judges. Someone who was due and missed has no author. */
export interface Voice {
  readonly authors: readonly string[];
  readonly judged: readonly string[];
}

/** Voices counted by person, so that they can enter and leave one by one. */
export interface Crowd {
  readonly authors: Map<string, number>;
  readonly judged: Map<string, number>;
  voices: number;
}

export const nobody = (): Crowd => ({ authors: new Map(), judged: new Map(), voices: 0 });

const count = (persons: Map<string, number>, person: string, by: 1 | -1): void => {
  const now = (persons.get(person) ?? 0) + by;
  if (now === 0) persons.delete(person);
  else persons.set(person, now);
};

export const shift = (crowd: Crowd, voice: Voice, by: 1 | -1): void => {
  crowd.voices += by;
  voice.authors.forEach((person) => count(crowd.authors, person, by));
  voice.judged.forEach((person) => count(crowd.judged, person, by));
};

export const isEnough = (crowd: Crowd): boolean => crowd.authors.size >= ENOUGH && crowd.judged.size >= ENOUGH;

/** What a reader could get by subtracting answers: nothing at all, or a crowd. */
export const isSafe = (difference: Crowd): boolean => difference.voices === 0 || isEnough(difference);

/** Whether these voices are nothing or a crowd, looking at no more of them than needed. */
export const areSafe = (voices: Iterable<Voice>): boolean => {
  const crowd = nobody();
  for (const voice of voices) {
    shift(crowd, voice, 1);
    if (isEnough(crowd)) return true;
  }
  return crowd.voices === 0;
};
