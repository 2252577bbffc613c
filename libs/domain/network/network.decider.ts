import { accept, refuse, type Decider, type Decision } from '#kernel/decider';
import { isTimeZone } from '../calendar';
import type { CommandOf } from '../command';
import { saidBefore } from '../said-before';
import { sameValue } from '../same-value';
import type { Role } from '../vocabulary';
import type { NetworkCommand } from './network.commands';
import type { NetworkEvent } from './network.events';
import type { NetworkRefusal } from './network.refusals';
import { evolveNetwork, networkFacts, samePair, type NetworkState, type OpenNetwork } from './network.state';
import { changedPolicy } from './policy-change';
import { wrongPolicyField } from './policy-check';

export type { NetworkRefusal, NetworkState };
export { networkFacts };

type NetworkDecision = Decision<NetworkEvent, NetworkRefusal>;
type NetworkCommandOf<Type extends NetworkCommand['type']> = CommandOf<NetworkCommand, Type>;

const openNetwork = ({ data, by }: NetworkCommandOf<'OpenNetwork'>, network: NetworkState): NetworkDecision => {
  if (by.role !== 'network-lead') return refuse({ code: 'not-allowed' });
  if (network.status === 'open') return openedBefore(data, network);
  if (data.label.trim() === '') return refuse({ code: 'label-missing' });
  if (!isTimeZone(data.timeZone)) return refuse({ code: 'time-zone-unknown' });
  const field = wrongPolicyField(data.policy);
  if (field !== null) return refuse({ code: 'policy-value-wrong', field });
  return accept({ type: 'NetworkOpened', data: { ...data, policyVersion: 1 } });
};

const openedBefore = (data: NetworkCommandOf<'OpenNetwork'>['data'], network: OpenNetwork): NetworkDecision => {
  const toldIn = ({ label, timeZone, defaultLanguage, policy }: typeof data) => [label, timeZone, defaultLanguage, policy];
  return saidBefore(toldIn(network), toldIn(data), { code: 'network-exists' });
};

/** Windows already open keep the end that they were given: each is fixed by the policy of its moment (§3). */
const changePolicy = ({ data: { changes } }: NetworkCommandOf<'ChangePolicy'>, network: OpenNetwork): NetworkDecision => {
  const { networkId, policyVersion } = network;
  const policy = changedPolicy(network.policy, changes);
  if (sameValue(policy, network.policy)) return accept();
  const field = wrongPolicyField(policy);
  if (field !== null) return refuse({ code: 'policy-value-wrong', field });
  return accept({ type: 'PolicyChanged', data: { networkId, policyVersion: policyVersion + 1, policy } });
};

/** R1: a new version is to be accepted by whoever enrols from now on. */
const publishCharter = ({ data: { text } }: NetworkCommandOf<'PublishCharter'>, network: OpenNetwork): NetworkDecision => {
  const { networkId, charterVersion, charterText, defaultLanguage } = network;
  if (charterVersion > 0 && sameValue(text, charterText)) return accept();
  if (!text[defaultLanguage]?.trim()) return refuse({ code: 'charter-text-missing' });
  return accept({ type: 'CharterPublished', data: { networkId, charterVersion: charterVersion + 1, text } });
};

const nameMediator = ({ data: { memberId } }: NetworkCommandOf<'NameMediator'>, { networkId, mediators }: OpenNetwork): NetworkDecision =>
  mediators.includes(memberId) ? accept() : accept({ type: 'MediatorNamed', data: { networkId, memberId } });

const removeMediator = (
  { data: { memberId } }: NetworkCommandOf<'RemoveMediator'>,
  { networkId, mediators }: OpenNetwork,
): NetworkDecision => (mediators.includes(memberId) ? accept({ type: 'MediatorRemoved', data: { networkId, memberId } }) : accept());

type Pair = OpenNetwork['forbiddenPairs'][number];

const isForbidden = (pair: Pair, { forbiddenPairs }: OpenNetwork): boolean => forbiddenPairs.some((other) => samePair(other, pair));
const reasonOf = (pair: Pair, { pairReasons }: OpenNetwork) => pairReasons.find((other) => samePair(other.pair, pair))?.reason;

/** A facilitator handles no case that names them (§7). */
const forbidPair = ({ data, by }: NetworkCommandOf<'ForbidPair'>, network: OpenNetwork): NetworkDecision => {
  const { pair, reason } = data;
  if (pair.includes(by.id)) return refuse({ code: 'case-names-you' });
  if (isForbidden(pair, network)) return saidBefore(reasonOf(pair, network), reason, { code: 'pair-already-forbidden' });
  if (pair[0] === pair[1]) return refuse({ code: 'pair-of-one' });
  return accept({ type: 'PairForbidden', data: { networkId: network.networkId, pair, by: by.id, reason } });
};

/** Nothing but what was forbidden is lifted; whoever forbade it, for it may be anybody's turn to help. */
const liftPair = ({ data, by }: NetworkCommandOf<'LiftPair'>, network: OpenNetwork): NetworkDecision => {
  const { pair, reason } = data;
  if (pair.includes(by.id)) return refuse({ code: 'case-names-you' });
  if (!isForbidden(pair, network)) return saidBefore(reasonOf(pair, network), reason, { code: 'pair-not-forbidden' });
  return accept({ type: 'PairAllowed', data: { networkId: network.networkId, pair, by: by.id, reason } });
};

const askedBy: Record<Exclude<NetworkCommand['type'], 'OpenNetwork'>, readonly Role[]> = {
  ChangePolicy: ['network-lead'],
  PublishCharter: ['network-lead'],
  NameMediator: ['network-lead'],
  // who leaves the network hands the task over
  RemoveMediator: ['network-lead', 'system'],
  ForbidPair: ['facilitator'],
  LiftPair: ['facilitator'],
};

const decide = (command: NetworkCommand, network: NetworkState): NetworkDecision => {
  if (command.type === 'OpenNetwork') return openNetwork(command, network);
  // R23: a role in one network does not reach into another.
  if (network.status === 'unknown' || command.network.networkId !== network.networkId) return refuse({ code: 'network-not-found' });
  if (!askedBy[command.type].includes(command.by.role)) return refuse({ code: 'not-allowed' });
  switch (command.type) {
    case 'ChangePolicy':
      return changePolicy(command, network);
    case 'PublishCharter':
      return publishCharter(command, network);
    case 'NameMediator':
      return nameMediator(command, network);
    case 'RemoveMediator':
      return removeMediator(command, network);
    case 'ForbidPair':
      return forbidPair(command, network);
    case 'LiftPair':
      return liftPair(command, network);
  }
};

export const networkDecider: Decider<NetworkState, NetworkCommand, NetworkEvent, NetworkRefusal> = {
  initial: { status: 'unknown' },
  evolve: evolveNetwork,
  decide,
};
