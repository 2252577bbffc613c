import type { Person } from '#test/e2e/harness/person-at';
import { marksIn, type Payloads } from './payloads';
import { routeOf } from './text-fields';

/** Texts of a body, by where they stand: `offers/topic/text`, an item of a list without its number. */
const textsIn = (value: unknown, at: readonly string[] = []): readonly (readonly [field: string, text: string])[] => {
  if (typeof value === 'string') return [[at.join('/'), value]];
  if (Array.isArray(value)) return value.flatMap((item) => textsIn(item, at));
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, inner]) => textsIn(inner, [...at, name]));
};

/** Sends as that person does, and notes which payload the API took in which field. */
export const sender = (person: Person, { made }: Payloads): Person => {
  const send: Person['send'] = async (method, path, body, headers) => {
    const answer = await person.send(method, path, body, headers);
    if (answer.status === 200)
      for (const [field, text] of textsIn(body))
        for (const mark of marksIn(text)) made.get(mark)!.field = `${routeOf(method, path)} ${field}`;
    return answer;
  };
  return { ...person, send, post: (path, body = {}, headers) => send('POST', path, body, headers) };
};
