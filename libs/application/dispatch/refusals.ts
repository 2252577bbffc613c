import type { OfferId, RequestId } from '#domain/ids';
import type { RuleId } from '#domain/rule';
import { refusalRules as domainRules, type SavoirsRefusal } from '#domain/refusal-rules';

/** What the application refuses by itself, before or beside a decider. */
export type ApplicationRefusal =
  | { readonly code: 'network-not-found' }
  /** The stream named belongs to another network (R23): edges answer as if it did not exist. */
  | { readonly code: 'not-in-this-network' }
  /** The key that this text would be encrypted under was destroyed by an erasure (R19). */
  | { readonly code: 'texts-erased' }
  /** The author of what is published is not, or no longer, in this network (R1, R2). */
  | { readonly code: 'not-enrolled' }
  /** R24: no topic of the taxonomy has this URI; a topic may be named by its text alone. */
  | { readonly code: 'topic-not-found'; readonly topicUri: string }
  /** R16. */
  | { readonly code: 'participant-not-available' }
  | { readonly code: 'offer-not-open'; readonly offerId: OfferId }
  | { readonly code: 'request-not-open'; readonly requestId: RequestId }
  /** R6: a member asks with an own request, and answers with an own offer. */
  | { readonly code: 'not-yours' }
  /** Name one of your own, or give the content of a new one: not both, not neither. */
  | { readonly code: 'name-one-or-give-content' }
  /** A round's inputs were matched by a policy that is no more in force: run it again. */
  | { readonly code: 'policy-changed-meanwhile' }
  /** Somebody stopped the round before it was recorded. */
  | { readonly code: 'round-stopped' }
  | { readonly code: 'too-many-rings' }
  /** The stream no longer stands at the revision that the command was given for. */
  | { readonly code: 'changed-meanwhile'; readonly revision: number }
  /** R22: this command id was given before, with other words. */
  | { readonly code: 'idempotency-key-reused' }
  | { readonly code: 'too-large'; readonly what: 'event' | 'append'; readonly bytes: number; readonly limit: number };

/** Every refusal there is: an edge maps each code to a status or a sentence, `Record<RefusalCode, …>`; a missing one does not compile. */
export type Refusal = SavoirsRefusal | ApplicationRefusal;
export type RefusalCode = Refusal['code'];

/** The rule that each refusal enforces; null where it enforces none by number. A code without a line does not compile. */
export const refusalRules: Readonly<Record<RefusalCode, RuleId | null>> = {
  'not-in-this-network': 'R23',
  'texts-erased': 'R19',
  'topic-not-found': 'R24',
  'participant-not-available': 'R16',
  'offer-not-open': null,
  'not-yours': 'R6',
  'name-one-or-give-content': null,
  'policy-changed-meanwhile': 'R18',
  'round-stopped': null,
  'too-many-rings': null,
  'changed-meanwhile': null,
  'idempotency-key-reused': 'R22',
  'too-large': null,
  ...domainRules,
};
