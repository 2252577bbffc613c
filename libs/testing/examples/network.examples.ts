import type { NetworkEvent } from '#domain/network/network.events';
import { defaultPolicy } from '#domain/network/policy';
import { lyon } from '../network-facts';
import { bo, cleo, fay, moe } from '../people';
import type { ExamplesOf } from './examples-of';

export const networkExamples: ExamplesOf<NetworkEvent> = {
  NetworkOpened: {
    networkId: lyon,
    label: 'Réseau de Lyon',
    timeZone: 'Europe/Paris',
    defaultLanguage: 'fr',
    policyVersion: 1,
    policy: defaultPolicy,
  },
  PolicyChanged: { networkId: lyon, policyVersion: 2, policy: { ...defaultPolicy, graceDays: 60, headcount: { 'site:LYO': 1200 } } },
  CharterPublished: { networkId: lyon, charterVersion: 1, text: { fr: 'Chacun donne et reçoit.' } },
  MediatorNamed: { networkId: lyon, memberId: moe },
  MediatorRemoved: { networkId: lyon, memberId: moe },
  PairForbidden: { networkId: lyon, pair: [bo, cleo], by: fay, reason: 'Un différend ancien' },
  PairAllowed: { networkId: lyon, pair: [cleo, bo], by: fay, reason: 'Le différend est réglé' },
};
