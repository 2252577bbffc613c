import { setTimeout as pause } from 'node:timers/promises';
import { chanceOf } from '#apps/demo/seeded-random';
import { actOnce, enter, mediateOnce, type Board } from './acts';
import type { Ledger } from './ledger';
import { createPerson } from './person';
import type { World } from './world';

export interface Load {
  /** Nobody begins anything new; resolves when everybody has been answered. */
  finish(): Promise<void>;
}

export interface LoadParts {
  readonly world: World;
  readonly ledger: Ledger;
  readonly seed: number;
  /** Members at work at once. */
  readonly members: number;
  readonly freshKeys?: boolean;
}

/** Streams stay short: a member leaves the work to a new one. */
const ACTS_EACH = 25;

/** Opens the network, with a charter and a mediator. */
export const openNetwork = async ({ world, ledger, seed }: LoadParts): Promise<() => Promise<void>> => {
  const parts = (name: string) => ({ world, ledger, chance: chanceOf(seed, name) });
  const lead = await createPerson('lead', ['network-lead'], parts('lead'));
  await lead.give('POST', '', { label: 'Lyon' });
  await lead.give('POST', 'charter', { text: { fr: 'Chacun offre et demande.' } });
  const board: Board = { offers: [] };
  const mediator = await enter(await createPerson('mediator', ['member'], parts('mediator')), chanceOf(seed, 'mediator'), board);
  await lead.give('PUT', `mediators/${mediator.memberId}`);
  return () => mediateOnce(mediator);
};

/** People at work until told to finish; each has chances of their own, made from the seed. */
export const startLoad = (parts: LoadParts, mediate: () => Promise<void>): Load => {
  const { world, ledger, seed, members, freshKeys = false } = parts;
  const board: Board = { offers: [] };
  let finishing = false;
  let people = 0;
  const work = async (): Promise<void> => {
    while (!finishing) {
      const subject = `${freshKeys ? 'forgetful' : 'member'}-${(people += 1)}`;
      const chance = chanceOf(seed, subject);
      const member = await enter(await createPerson(subject, ['member'], { world, ledger, chance, freshKeys }), chance, board);
      for (let act = 0; act < ACTS_EACH && !finishing; act += 1) {
        await actOnce(member);
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
