import type { DecidingPorts } from '#application/create-application';
import type { ErasureStep } from './schedule';

/** What a process erases with. */
export type Ports = Omit<DecidingPorts, 'clock' | 'onWaiting' | 'retryDelays'>;

export type When = 'before' | 'after';
/** Called around each step; what it throws ends the process there. */
export type OnStep = (step: ErasureStep, when: When) => Promise<void>;

export class Killed extends Error {
  override readonly name = 'Killed';
}

/** The same ports, with every step of an erasure told before and after. */
export const observed = (ports: Ports, onStep: OnStep): Ports => {
  const around = async <T>(step: ErasureStep, work: () => Promise<T>): Promise<T> => {
    await onStep(step, 'before');
    const result = await work();
    await onStep(step, 'after');
    return result;
  };
  const { log, keyring, identities, ledger, texts } = ports;
  return {
    ...ports,
    keyring: {
      ...keyring,
      eraseStreams: (...of) => around('erase-streams', () => keyring.eraseStreams(...of)),
      eraseMember: (...of) => around('erase-member', () => keyring.eraseMember(...of)),
    },
    identities: { ...identities, forget: (...of) => around('forget', () => identities.forget(...of)) },
    texts: {
      erase: (of) => around('erase-texts', () => texts.erase(of)),
      scrub: () => around('rewrite-texts', () => texts.scrub()),
    },
    ledger: {
      ...ledger,
      lastErasure: (...of) => around('last-erasure', () => ledger.lastErasure(...of)),
      scrub: () => around('rewrite-keys', () => ledger.scrub()),
    },
    log: {
      logId: () => log.logId(),
      readStream: (...of) => log.readStream(...of),
      readAll: (read) => log.readAll(read),
      subscribe: (from) => log.subscribe(from),
      head: () => log.head(),
      close: () => log.close(),
      append: (...of) => around('record', () => log.append(...of)),
    },
  };
};
