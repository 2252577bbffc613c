import type { Instant } from '#kernel/id';
import type { MemberId, NetworkId } from './ids';
import type { Policy } from './network/policy';
import type { DomainActor, Language } from './vocabulary';

/** What a decision may know of its network, as of the network stream's last event: it enters as data. */
export interface NetworkFacts {
  readonly networkId: NetworkId;
  readonly label: string;
  /** When it was opened: nothing that is reported happened before (R24). */
  readonly openedAt: Instant;
  readonly policyVersion: number;
  readonly policy: Policy;
  /** Version of the charter in force; 0 before the first is published. */
  readonly charterVersion: number;
  readonly mediators: readonly MemberId[];
  readonly forbiddenPairs: readonly (readonly [MemberId, MemberId])[];
  /** IANA name; default Europe/Paris. */
  readonly timeZone: string;
  readonly defaultLanguage: Language;
}

/** A command as a decider judges it. `data` names the aggregate's own id; time, actor and policy are data too. */
export interface DomainCommand<Type extends string, Data> {
  readonly type: Type;
  readonly data: Data;
  readonly by: DomainActor;
  readonly at: Instant;
  readonly network: NetworkFacts;
}

/** What a process manager or an edge sends: run-decider adds actor, time and network facts. */
export type Sent<Command extends { type: string; data: unknown }> = Command extends unknown
  ? { readonly type: Command['type']; readonly data: Command['data'] }
  : never;

export type CommandOf<Command extends { type: string }, Type extends Command['type']> = Extract<Command, { type: Type }>;
