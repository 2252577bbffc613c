import type { ServerResponse } from 'node:http';
import { Frames } from '#apps/api/feeds/frames';
import { Outlet } from '#apps/api/feeds/outlet';
import type { Installation } from '#apps/installation/installation';
import { ChangeRing } from '#read-store/change-feed/change-buffer';
import type { Changes } from '#read-store/change-feed/changes';
import { patchMethod } from '../runner/patch-method';

type Plant = (changes: Changes) => Partial<Changes>;

const untouched: Plant = () => ({});

/** Each makes the server wrong in one way; by name, as `FEEDS_BUG` gives it. */
export const SERVER_MUTANTS: Readonly<Record<string, Plant>> = {
  'a snapshot names an earlier position than its own': (changes) => ({
    snapshot: async (name, networkId, take) => {
      const build = await changes.snapshot(name, networkId, take);
      const before = await changes.page(
        { build: build.id, mended: build.mended, position: '' as never, ordinal: null },
        build.position,
        1_000_000,
      );
      return { ...build, position: before.findLast(({ position }) => position < build.position)?.position ?? build.position };
    },
  }),
  'a snapshot names a later position than its own': (changes) => ({
    snapshot: async (name, networkId, take) => {
      const build = await changes.snapshot(name, networkId, take);
      for (let looks = 0; looks < 150; looks += 1) {
        const position = (await changes.active([name])).get(name)?.position ?? build.position;
        if (position > build.position) return { ...build, position };
        await new Promise((resolve) => setTimeout(resolve, 20));
      }
      return build;
    },
  }),
  'who comes back goes on one change too late': (changes) => ({
    page: async (after, upTo, limit) => (await changes.page(after, upTo, limit)).slice(limit > 1 ? 1 : 0),
  }),
  'who comes back is told a change again': (changes) => ({
    page: async (after, upTo, limit) => {
      const page = await changes.page(after, upTo, limit);
      return page.length > 1 ? [page[0]!, ...page] : page;
    },
  }),
  'what is in memory skips a piece now and then': () => {
    let asked = 0;
    patchMethod(ChangeRing, 'after', (_, after: ChangeRing['after'], place: Parameters<ChangeRing['after']>[0]) => {
      const next = after(place);
      asked += 1;
      if (next === 'gone' || 'tip' in next || asked % 40 !== 0) return next;
      const { position, changes, ends } = next.part;
      return after({ position, ordinal: ends ? null : changes.at(-1)!.ordinal });
    });
    return {};
  },
  'a client that does not read is not cut': untouched,
  'a switch is not told': () => {
    patchMethod(Frames, 'switched', () => ': nothing happened\n\n');
    return {};
  },
  'what nobody reads is kept in memory': () => {
    patchMethod(Outlet, 'send', ({ response }: { readonly response: ServerResponse }, _, frame: Uint8Array) => {
      response.write(Buffer.from(frame));
      return new Promise((resolve) => setImmediate(resolve));
    });
    return {};
  },
  'kept changes are given up without a word': (changes) => ({ keeps: () => Promise.resolve(true), page: changes.page }),
};

export const plantInServer = (installation: Installation, bug: string | undefined): Installation => {
  const plant = bug === undefined ? undefined : SERVER_MUTANTS[bug];
  return plant ? { ...installation, changes: { ...installation.changes, ...plant(installation.changes) } } : installation;
};
