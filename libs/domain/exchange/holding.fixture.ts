import { after, ask, bothThere, first, start } from '#testing/histories/exchange-story';
import { specifying } from '#testing/given-when-then';
import { ana, asMember } from '#testing/people';
import type { DataOf } from '#kernel/message';
import type { MemberId } from '../ids';
import type { ExchangeCommand } from './exchange.commands';
import { exchangeDecider } from './exchange.decider';

export const exchange = specifying(exchangeDecider);
export const report = (changes: Partial<DataOf<ExchangeCommand, 'ReportSession'>> = {}, by = asMember(ana), at = after) =>
  ask('ReportSession', { sessionId: first, start, minutes: 60, present: bothThere, ...changes }, by, { at });
export const confirm = (by: MemberId, at = after) => ask('ConfirmHeld', {}, asMember(by), { at });
