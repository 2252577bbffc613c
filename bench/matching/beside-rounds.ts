import { setTimeout as sleep } from 'node:timers/promises';
import { readSettings } from '#apps/installation/settings';
import { populate } from '../data/populated-network';
import { headersOf, installedPlace, startApi, type Api } from '../runner/api-process';
import type { BenchRun } from '../runner/bench';
import { benchDatabase } from '../runner/bench-database';
import { percentile } from '../runner/command-latency';
import { rounded } from '../runner/rounds';

const EVERY_MS = 10;
/** In turns, so that whatever else the machine does meets both. */
const TURNS = 4;
const TURN_MS = 10_000;

const DRAFT = JSON.stringify({
  content: {
    ...{
      wording: 'Lire un plan de charge',
      topic: { text: 'Plan de charge', uri: null },
      level: 'beginner',
      language: 'fr',
      place: 'either',
    },
    ...{ site: 'LYON', availability: ['tue-am'], declaredProfessional: true },
  },
});

interface Scene {
  readonly api: Api;
  readonly member: string;
  readonly facilitator: string;
}

const posted = async (url: string, token: string, body: string): Promise<void> => {
  const answer = await fetch(url, { method: 'POST', headers: headersOf(token), body });
  await answer.arrayBuffer();
  if (!answer.ok) throw new Error(`${new URL(url).pathname.split('/').pop()} answered ${answer.status}`);
};

/** A hundred drafts begun each second while it goes on; how long each took. */
const drafts = async ({ api, member }: Scene, going: () => boolean): Promise<readonly number[]> => {
  const taken: number[] = [];
  const under: Promise<void>[] = [];
  const draft = async (): Promise<void> => {
    const began = performance.now();
    await posted(`${api.network}/offers/drafts`, member, DRAFT);
    taken.push(performance.now() - began);
  };
  while (going()) {
    under.push(draft());
    await sleep(EVERY_MS);
  }
  await Promise.all(under);
  return taken;
};

const during = (ms: number): (() => boolean) => {
  const until = performance.now() + ms;
  return () => performance.now() < until;
};

/** Rounds, recorded, one after the other for as long as a turn lasts at least; how long each took. */
const rounds = async ({ api, facilitator }: Scene, { signal, seed }: BenchRun): Promise<readonly number[]> => {
  const taken: number[] = [];
  for (const going = during(TURN_MS); going() || taken.length === 0;) {
    signal.throwIfAborted();
    const began = performance.now();
    await posted(`${api.network}/rounds`, facilitator, JSON.stringify({ seed }));
    taken.push(performance.now() - began);
  }
  return taken;
};

const besideRounds = async (
  scene: Scene,
  run: BenchRun,
): Promise<{ readonly beside: readonly number[]; readonly took: readonly number[] }> => {
  let running = true;
  const under = rounds(scene, run).finally(() => (running = false));
  const beside = await drafts(scene, () => running);
  return { beside, took: await under };
};

export interface BesideRounds {
  readonly aloneP99Ms: number;
  readonly besideP99Ms: number;
  readonly aloneP50Ms: number;
  readonly besideP50Ms: number;
  readonly roundMs: number;
}

const measured = async (scene: Scene, run: BenchRun): Promise<BesideRounds> => {
  const [alone, beside, took]: [number[], number[], number[]] = [[], [], []];
  await drafts(scene, during(TURN_MS / 2));
  // its process starts, once
  await posted(`${scene.api.network}/rounds`, scene.facilitator, JSON.stringify({ dryRun: true }));
  for (let turn = 0; turn < TURNS; turn += 1) {
    alone.push(...(await drafts(scene, during(TURN_MS))));
    const one = await besideRounds(scene, run);
    beside.push(...one.beside);
    took.push(...one.took);
    run.progress(`turn ${turn + 1} of ${TURNS}: ${alone.length} commands alone, ${beside.length} beside ${took.length} rounds`);
  }
  return {
    aloneP99Ms: rounded(percentile(alone, 0.99)),
    besideP99Ms: rounded(percentile(beside, 0.99)),
    aloneP50Ms: rounded(percentile(alone, 0.5)),
    besideP50Ms: rounded(percentile(beside, 0.5)),
    roundMs: rounded(percentile(took, 0.5)),
  };
};

/** How long commands over HTTP take beside rounds of a network of `size` members, which the same API runs, and without; nobody follows the log. */
export const commandsBesideRounds = async (run: BenchRun): Promise<BesideRounds> => {
  const database = await benchDatabase();
  const place = installedPlace(database.url);
  try {
    const { networkId, subject } = await populate(readSettings(place.env), run);
    const api = await startApi(place, { networkId, letsSignIn: false, signal: run.signal });
    try {
      const [member, facilitator] = [await api.token(subject, 'member'), await api.token('bench-facilitator', 'facilitator')];
      return await measured({ api, member, facilitator }, run);
    } finally {
      await api.stop();
    }
  } finally {
    place.remove();
    await database.drop();
  }
};
