import { createCodec } from '#event-store/codec/codec';
import type { Position } from '#event-store/log.port';
import type { Keyring } from '#keys/keys.port';
import { readModels } from '#projections/read-models';
import type { Certificate } from '#read-store/certificates/certificate';
import { certifyLog } from '#read-store/certificates/certify-log';
import { certifyTables, NoSuchReadModel } from '#read-store/certificates/certify-tables';
import { NoSuchEvent, type Until } from '#read-store/as-of/log-position';
import { withInstallation } from '../installation-of';
import { openOwn } from '../log/one-log';
import { say } from '../output';
import { createProgress } from '../progress';
import { badData, badUsage } from '../usage';

/** A fold sees references: whoever only folds needs no key. */
const noKeys: Keyring = {
  sealing: () => Promise.reject(new Error('a certificate asks for no key')),
  opening: () => Promise.reject(new Error('a certificate asks for no key')),
  eraseMember: () => Promise.reject(new Error('a certificate erases nothing')),
  eraseStreams: () => Promise.reject(new Error('a certificate erases nothing')),
  whileUnused: () => Promise.reject(new Error('a certificate erases nothing')),
  close: () => Promise.resolve(),
};

const modelCalled = (name: string) => {
  const model = readModels.find(({ projection }) => projection.name === name);
  if (!model) throw badUsage(`There is no read model of that name: ${readModels.map(({ projection }) => projection.name).join(', ')}.`);
  return model;
};

const said = (fault: unknown): unknown => {
  if (fault instanceof NoSuchEvent) return badData('There is no such event in this log.');
  if (fault instanceof NoSuchReadModel) return badData('This read model was never built here: start the API or the projector once.');
  return fault;
};

/** Of the tables, as they are. */
export const certifyHere = async (name: string, signal: AbortSignal): Promise<Certificate> => {
  modelCalled(name);
  return withInstallation(async (installation) => {
    await installation.prepareReadModels();
    const { pool, log } = installation;
    return certifyTables({ pool, log, name, signal }).catch((fault: unknown) => {
      throw said(fault);
    });
  });
};

const MIB = 1024 * 1024;
/** A row in memory takes some three bytes for each character it is written with. */
const BYTES_A_CHARACTER = 3;

export interface FromLog {
  readonly until: Until;
  readonly memoryMiB: number;
  readonly signal: AbortSignal;
}

const share = (at: Position, end: Position): number => Math.min(1, Number(at) / Math.max(1, Number(end)));

/** Of the log alone, which is all that is opened. */
export const certifyFromLog = async (name: string, { until, memoryMiB, signal }: FromLog): Promise<Certificate> => {
  const model = modelCalled(name);
  const { log, close } = await openOwn();
  const progress = createProgress();
  try {
    const head = await log.head();
    let [end, passes] = [head, 1];
    const certificate = await certifyLog({
      ...{ log, codec: createCodec(noKeys), model, until, signal },
      budget: Math.floor((memoryMiB * MIB) / BYTES_A_CHARACTER),
      onCounted: ({ ordinal, position }) => {
        end = position;
        progress.show(share(position, head) / 2, `${ordinal} events counted`);
      },
      onFolded: ({ pass, events, position }) => {
        passes = pass;
        progress.show(0.5 + share(position, end) / 2, `${events} events folded${pass > 1 ? `, pass ${pass}` : ''}`);
      },
    });
    progress.end();
    if (passes > 1) say(`It took ${passes} passes over the log to stay within ${memoryMiB} MiB: see --memory.`);
    return certificate;
  } catch (fault) {
    progress.end();
    throw said(fault);
  } finally {
    await close();
  }
};
