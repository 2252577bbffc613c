import type { SavoirsCommand } from '#domain/catalogue';
import type { CommandOf, NetworkFacts } from '#domain/command';
import type { DomainActor } from '#domain/vocabulary';
import type { Instant } from '#kernel/id';
import type { DataOf } from '#kernel/message';
import { networkFacts } from './network-facts';

export const instant = (text: string): Instant => new Date(text).toISOString() as Instant;

/** The moment of every test: a Monday at nine in the morning, UTC. */
export const now = instant('2026-03-02T09:00:00Z');

export interface Circumstances {
  readonly at?: Instant;
  readonly network?: NetworkFacts;
}

/** A command with its actor; time and network have defaults: `command('AcceptMatch', { matchId, memberId: bo }, asMember(bo))`. */
export const command = <Type extends SavoirsCommand['type']>(
  type: Type,
  data: DataOf<SavoirsCommand, Type>,
  by: DomainActor,
  { at = now, network = networkFacts() }: Circumstances = {},
): CommandOf<SavoirsCommand, Type> =>
  // The union cannot be narrowed by a type parameter; the signature ties type and data together.
  ({ type, data, by, at, network }) as CommandOf<SavoirsCommand, Type>;
