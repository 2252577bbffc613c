import type { HttpAnswer } from './person-at';

/** The answer, which must be 200. */
export const ok = (answer: HttpAnswer): HttpAnswer => {
  expect({ status: answer.status, problem: answer.status < 300 ? undefined : answer.body }).toEqual({ status: 200, problem: undefined });
  return answer;
};

/** What processes do comes a moment later: asks until it is there. */
export const eventually = async <T>(ask: () => Promise<T | undefined | null | false>): Promise<T> => {
  for (let attempt = 0; attempt < 200; attempt++) {
    const found = await ask();
    if (found) return found;
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
  throw new Error('it never came');
};
