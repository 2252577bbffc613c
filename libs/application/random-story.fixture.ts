import type { Act, Stage } from './random-acts.fixture';
import { correct, dispute, disturb, evaluate, hold, report, settle, settleDisputes } from './random-exchanges.fixture';
import { accept, agree, decline, declineLast, giveUp, propose } from './random-matches.fixture';
import { erase, ofMember, ofOffer, ofRequest, publish } from './random-members.fixture';

/** What people do, by name, with how often; each picks by two numbers what it is done to. */
export const acts = {
  propose: [9, propose],
  accept: [9, accept],
  decline: [2, decline],
  declineLast: [1, declineLast],
  agree: [9, agree],
  giveUp: [1, giveUp],
  report: [8, report],
  hold: [7, hold],
  settle: [1, settle],
  evaluate: [3, evaluate],
  correct: [4, correct],
  disturb: [3, disturb],
  dispute: [3, dispute],
  settleDisputes: [2, settleDisputes],
  ofMember: [5, ofMember],
  erase: [1, erase],
  publish: [4, publish],
  ofOffer: [3, ofOffer],
  ofRequest: [4, ofRequest],
} as const satisfies Record<string, readonly [number, (stage: Stage, a: number, b: number) => readonly Act[]]>;
