import { readEvidence, type Evidence, type EvidenceEvent } from './bundle-form';
import { textOf, type Bytes } from './bytes';
import { knowsEd25519 } from './ed25519';
import { Refused, type Finding } from './finding';
import { openCheckpoint, readKey, type TreeHead, type VerifierKey } from './signed-note';
import { isInTree, proofOf } from './tree';

export interface History {
  readonly stream: string;
  readonly events: number;
  /** From its first event on, without a gap. */
  readonly isWhole: boolean;
}

export interface Proven {
  readonly verdict: 'proven';
  readonly log: VerifierKey;
  readonly witnesses: readonly VerifierKey[];
  /** Events of the log, by the checkpoint. */
  readonly size: number;
  readonly events: number;
  /** Events whose data is withheld. */
  readonly withheld: number;
  readonly histories: readonly History[];
}

export interface NotProven {
  readonly verdict: 'refused';
  readonly findings: readonly Finding[];
  /** Of the file, where they could be read: what findings name. */
  readonly events: readonly EvidenceEvent[];
}

/** The browser lacks what is needed: it says nothing of the file. */
export interface NotJudged {
  readonly verdict: 'not-judged';
}

export type Verdict = Proven | NotProven | NotJudged;

const keyIn = async (text: string, kind: VerifierKey['kind']): Promise<VerifierKey> => {
  const key = await readKey(text);
  if (key?.kind === kind) return key;
  throw kind === 'log' ? new Refused('key', 'no-log-key') : new Refused('witnesses', 'no-witness-key');
};

interface Opened {
  readonly log: VerifierKey;
  readonly witnesses: readonly VerifierKey[];
  readonly head: TreeHead;
}

const opened = async (evidence: Evidence, known: readonly VerifierKey[]): Promise<Opened> => {
  const isOther = ({ kind, text }: VerifierKey): boolean => kind === 'log' && text !== evidence.key;
  if (known.some(isOther)) throw new Refused('key', 'other-log');
  if (known.some(({ kind, text }) => kind === 'witness' && !evidence.witnesses.includes(text)))
    throw new Refused('witnesses', 'witness-lacks');
  if (evidence.events.length === 0) throw new Refused('events', 'no-events');
  const witnesses = await Promise.all(evidence.witnesses.map((text) => keyIn(text, 'witness')));
  if (new Set(evidence.witnesses).size < witnesses.length) throw new Refused('witnesses', 'witness-twice');
  const log = await keyIn(evidence.key, 'log');
  return { log, witnesses, head: await openCheckpoint(evidence.checkpoint, log, witnesses) };
};

const outOfOrder = (events: readonly EvidenceEvent[]): readonly Finding[] => {
  const revisions = new Map<string, number>();
  return events.flatMap(({ ordinal, stream, revision }, at) => {
    const [before, former] = [events[at - 1]?.ordinal ?? 0, revisions.get(stream) ?? -1];
    revisions.set(stream, revision);
    return [
      ...(ordinal > before ? [] : [{ field: `events[${at}].ordinal`, fault: 'out-of-order' as const }]),
      ...(revision > former ? [] : [{ field: `events[${at}].revision`, fault: 'out-of-order' as const }]),
    ];
  });
};

const notInTree = async (events: readonly EvidenceEvent[], head: TreeHead): Promise<readonly Finding[]> => {
  const judged = events.map(async (event, at): Promise<readonly Finding[]> => {
    const proof = proofOf(event);
    if (proof === null) return [{ field: `events[${at}].proof`, fault: 'no-hash' }];
    return (await isInTree(event, proof, head)) ? [] : [{ field: `events[${at}]`, fault: 'not-in-tree' }];
  });
  return (await Promise.all(judged)).flat();
};

const ascending = (numbers: readonly number[]): readonly number[] => [...new Set(numbers)].sort((one, other) => one - other);
const isAlike = (one: readonly number[], other: readonly number[]): boolean => JSON.stringify(one) === JSON.stringify(other);

const policyIn = (meta: string): readonly number[] => {
  const told: unknown = JSON.parse(meta);
  const version = typeof told === 'object' && told !== null && 'policyVersion' in told ? told.policyVersion : null;
  return typeof version === 'number' ? [version] : [];
};

const otherVersions = ({ events, policies, schemas }: Evidence): readonly Finding[] => {
  try {
    if (!isAlike(policies, ascending(events.flatMap(({ meta }) => policyIn(meta)))))
      return [{ field: 'versions', fault: 'other-versions' }];
  } catch {
    return [{ field: 'events', fault: 'meta-no-json' }];
  }
  const versionsOf = (type: string) => ascending(events.flatMap((event) => (event.type === type ? [event.version] : [])));
  const types = new Set([...schemas.keys(), ...events.map(({ type }) => type)]);
  const isTold = [...types].every((type) => isAlike(schemas.get(type) ?? [], versionsOf(type)) && schemas.has(type));
  return isTold ? [] : [{ field: 'versions', fault: 'other-versions' }];
};

const historiesOf = (events: readonly EvidenceEvent[]): readonly History[] =>
  [...new Set(events.map(({ stream }) => stream))].map((stream) => {
    const own = events.filter((event) => event.stream === stream);
    return { stream, events: own.length, isWhole: own.every(({ revision }, at) => revision === at) };
  });

const judged = async (evidence: Evidence, known: readonly VerifierKey[]): Promise<Verdict> => {
  const { events } = evidence;
  const { log, witnesses, head } = await opened(evidence, known);
  const findings = [...outOfOrder(events), ...(await notInTree(events, head)), ...otherVersions(evidence)];
  if (findings.length > 0) return { verdict: 'refused', findings, events };
  const withheld = events.filter(({ shown }) => 'dataHash' in shown).length;
  return { verdict: 'proven', log, witnesses, size: head.size, events: events.length, withheld, histories: historiesOf(events) };
};

/**
 * Whether each event of a file of evidence was in the log when its checkpoint was signed, as it is here (docs/audit/format.md).
 * Asks nobody. `known`: keys that one has from elsewhere; without, the file is believed about its own.
 */
export const judge = async (file: Bytes, known: readonly VerifierKey[]): Promise<Verdict> => {
  if (!(await knowsEd25519())) return { verdict: 'not-judged' };
  let events: readonly EvidenceEvent[] = [];
  try {
    const text = textOf(file);
    if (text === null) throw new Refused('file', 'not-json');
    const evidence = readEvidence(text);
    events = evidence.events;
    return await judged(evidence, known);
  } catch (fault) {
    if (!(fault instanceof Refused)) throw fault;
    return { verdict: 'refused', findings: [{ field: fault.field, fault: fault.fault }], events };
  }
};
