import { setTimeout as pause } from 'node:timers/promises';
import { seededRandom } from '#apps/demo/seeded-random';
import { behaveOnce, enter, mediateOnce, type Board } from './behaviours';
import type { Ledger } from './ledger';
import { createPerson } from './person';
import type { CrashHarness } from './harness';

export interface Workload {
  /** Nobody begins anything new; resolves when everybody has been answered. */
  finish(): Promise<void>;
}

export interface WorkloadParts {
  readonly harness: CrashHarness;
  readonly ledger: Ledger;
  readonly seed: number;
  /** Members at work at once. */
  readonly members: number;
  readonly freshKeys?: boolean;
}

/** Streams stay short: a member leaves the work to a new one. */
const ACTS_EACH = 25;

/** Opens the network, with a charter and a mediator. */
export const openNetwork = async ({ harness, ledger, seed }: WorkloadParts): Promise<() => Promise<void>> => {
  const parts = (name: string) => ({ harness, ledger, chance: seededRandom(seed, name) });
  const lead = await createPerson('lead', ['network-lead'], parts('lead'));
  await lead.give('POST', '', { label: 'Lyon' });
  await lead.give('POST', 'charter', { text: { fr: 'Chacun offre et demande.' } });
  const board: Board = { offers: [] };
  const mediator = await enter(await createPerson('mediator', ['member'], parts('mediator')), seededRandom(seed, 'mediator'), board);
  await lead.give('PUT', `mediators/${mediator.memberId}`);
  return () => mediateOnce(mediator);
};

/** People at work until told to finish; each has chances of their own, made from the seed. */
export const startWorkload = (parts: WorkloadParts, mediate: () => Promise<void>): Workload => {
  const { harness, ledger, seed, members, freshKeys = false } = parts;
  const board: Board = { offers: [] };
  let finishing = false;
  let people = 0;
  const work = async (): Promise<void> => {
    while (!finishing) {
      const subject = `${freshKeys ? 'forgetful' : 'member'}-${(people += 1)}`;
      const chance = seededRandom(seed, subject);
      const member = await enter(await createPerson(subject, ['member'], { harness, ledger, chance, freshKeys }), chance, board);
      for (let act = 0; act < ACTS_EACH && !finishing; act += 1) {
        await behaveOnce(member);
        await pause(chance.whole(20, 150));
      }
    }
  };
  const mediation = async (): Promise<void> => {
    while (!finishing) {
      await mediate();
      await pause(100);
    }
  };
  const all = Promise.all([mediation(), ...Array.from({ length: members }, work)]);
  all.catch(() => undefined); // told by `finish`
  return {
    finish: async () => {
      finishing = true;
      await all;
    },
  };
};
