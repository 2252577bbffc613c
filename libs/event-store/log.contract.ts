import type { EventLog } from './log.port';
import { appending } from './contract/appending';
import { finding } from './contract/finding';
import { keepingTexts } from './contract/keeping-texts';
import { reading } from './contract/reading';
import { retrying } from './contract/retrying';
import type { LogUnderTest } from './contract/subject';
import { subscribing } from './contract/subscribing';

export type { LogUnderTest } from './contract/subject';

/**
 * What a log is. Every adapter runs it unchanged; an adapter may add, never skip.
 * @param make opens an empty log for each test
 */
export const logContract = (name: string, make: () => Promise<LogUnderTest>): void => {
  describe(`${name}, as every log`, () => {
    let made: LogUnderTest;
    let opened: EventLog[] = [];

    beforeEach(async () => {
      const fresh = await make();
      const { second } = fresh;
      opened = [fresh.log];
      made = second === undefined ? fresh : { ...fresh, second: async () => opened[opened.push(await second()) - 1] as EventLog };
    });

    afterEach(async () => {
      await Promise.all(opened.map((log) => log.close()));
      await made.dispose?.();
    });

    appending(() => made);
    retrying(() => made);
    reading(() => made);
    finding(() => made);
    keepingTexts(() => made);
    subscribing(() => made);
  });
};
