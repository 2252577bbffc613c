import { START, type Position } from '#event-store/log.port';
import type { ChangeReader, Watched } from '#read-store/change-feed/change-reader';
import type { FollowedBuild } from '#read-store/change-feed/changes';
import { Signal } from '#async/signal';
import { FigureViews, type Figures, type FiguresAsked } from './figure-views';

const at = (position: number): Position => String(position).padStart(20, '0') as Position;

/** A read model that moves when told, and a question that counts how often it is asked. */
const stage = () => {
  const news = new Signal();
  let build: FollowedBuild = { id: 3, name: 'risk', version: 1, build: 1, position: START, mended: 0 };
  const watched: Watched = {
    build: () => build,
    after: () => 'gone',
    moved: (ms, signal) => news.next(signal, ms),
    close: () => undefined,
  };
  // of a reader, views watch alone
  const reader = { watch: () => Promise.resolve(watched) } as unknown as ChangeReader;
  const asked = { times: 0, answer: (): Promise<Figures> => Promise.resolve({ position: build.position, items: new Map() }) };
  const question: FiguresAsked = { key: 'risk n', model: 'risk', ask: () => ((asked.times += 1), asked.answer()) };
  const move = (to: Partial<FollowedBuild>): void => {
    build = { ...build, ...to };
    news.raise();
  };
  return { views: new FigureViews(reader), question, asked, move };
};
const never = (): AbortSignal => new AbortController().signal;
const figures = (position: number, value: number): Promise<Figures> =>
  Promise.resolve({ position: at(position), items: new Map([['imbalance/network', String(value)]]) });

describe('figures that are followed', () => {
  it('are asked once for all who follow, and again when their read model moved', async () => {
    const { views, question, asked, move } = stage();
    asked.answer = () => figures(1, 0.5);
    const all = await Promise.all(Array.from({ length: 20 }, () => views.follow(question)));
    expect(asked.times).toBe(1);
    const { digest } = all[0]!.now();
    asked.answer = () => figures(2, 0.6);
    move({ position: at(2) });
    while (all[7]!.now().digest === digest) await all[7]!.moved(1_000, never());
    expect(all.map((one) => one.now().position)).toEqual(all.map(() => at(2)));
    expect(asked.times).toBe(2);
    for (const one of all) one.close();
  });

  it('are asked again where their read model moved while they were asked', async () => {
    const { views, question, asked, move } = stage();
    asked.answer = () => {
      if (asked.times === 1) move({ position: at(1) });
      return figures(asked.times, asked.times);
    };
    const viewing = await views.follow(question);
    while (viewing.now().items.get('imbalance/network') !== '2') await viewing.moved(1_000, never());
    viewing.close();
  });

  it('are those of one build: asked across a switch, they are asked anew', async () => {
    const { views, question, asked, move } = stage();
    asked.answer = () => {
      if (asked.times === 1) move({ id: 4, build: 2 });
      return figures(1, asked.times);
    };
    const viewing = await views.follow(question);
    expect([viewing.now().build.id, viewing.now().items.get('imbalance/network')]).toEqual([4, '2']);
    viewing.close();
  });

  it('stand as they stood while the question fails, and nobody is left over', async () => {
    const { views, question, asked, move } = stage();
    asked.answer = () => figures(1, 1);
    const viewing = await views.follow(question);
    asked.answer = () => Promise.reject(new Error('a database away'));
    move({ position: at(2) });
    await viewing.moved(1_000, never());
    expect(viewing.now().position).toBe(at(1));
    asked.answer = () => figures(2, 2);
    while (viewing.now().position !== at(2)) await viewing.moved(1_000, never());
    viewing.close();
    asked.answer = () => Promise.reject(new Error('still away'));
    await expect(views.follow(question)).rejects.toThrow('still away');
  });
});
