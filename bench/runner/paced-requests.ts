import { Agent, request } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';

export interface PacedRequest {
  readonly method: 'POST';
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

export interface Pace {
  readonly perSecond: number;
  readonly amount: number;
  /** Connections; a request that finds none free waits, and its time counts. */
  readonly connections: number;
}

const answered = (url: string, agent: Agent, { body, ...options }: PacedRequest): Promise<void> =>
  new Promise((resolve, reject) => {
    const asked = request(url, { ...options, agent }, (answer) => {
      answer.resume();
      answer.once('error', reject);
      answer.once('end', () => (answer.statusCode === 200 ? resolve() : reject(new Error(`a command answered ${answer.statusCode}`))));
    });
    asked.once('error', reject);
    asked.end(body);
  });

/**
 * Requests at equal distances, each sent when it is due, whatever became of those before.
 * @returns how long each took, in milliseconds, from when it was due
 * @throws where one is not answered with 200
 */
export const pacedRequests = async (
  url: string,
  requests: readonly PacedRequest[],
  { perSecond, amount, connections }: Pace,
): Promise<readonly number[]> => {
  const agent = new Agent({ keepAlive: true, maxSockets: connections });
  const under: Promise<number>[] = [];
  const began = performance.now();
  try {
    for (let number = 0; number < amount; number += 1) {
      const dueAt = began + (number * 1_000) / perSecond;
      while (performance.now() < dueAt) await sleep(1);
      const asked = answered(url, agent, requests[number % requests.length]!);
      under.push(asked.then(() => performance.now() - dueAt));
    }
    return await Promise.all(under);
  } finally {
    agent.destroy();
  }
};
