import { refuse, type Decider } from '#kernel/decider';
import { confirmAgreement, giveUpAgreement, lapseMatch, planConnection, recordAgreement } from './agreeing';
import { acceptMatch, declineMatch, endAcceptanceWindow } from './answering';
import type { MatchCommand } from './match.commands';
import type { MatchEvent } from './match.events';
import { evolve } from './match.evolve';
import type { MatchRefusal } from './match.refusals';
import type { MatchDecision, MatchState } from './match.state';
import { openMatch, proposeMatch, supersedeMatch } from './proposing';

export { matchRefusalRules, type MatchRefusal } from './match.refusals';
export type { MatchState } from './match.state';

const decide = (command: MatchCommand, state: MatchState): MatchDecision => {
  if (command.type === 'ProposeMatch') return proposeMatch(command, state);
  if (state.status === 'unknown') return refuse({ code: 'match-not-found' });
  switch (command.type) {
    case 'AcceptMatch':
      return acceptMatch(command, state);
    case 'DeclineMatch':
      return declineMatch(command, state);
    case 'PlanConnection':
      return planConnection(command, state);
    case 'RecordAgreement':
      return recordAgreement(command, state);
    case 'ConfirmAgreement':
      return confirmAgreement(command, state);
    case 'GiveUpAgreement':
      return giveUpAgreement(command, state);
    case 'OpenMatch':
      return openMatch(command, state);
    case 'SupersedeMatch':
      return supersedeMatch(command, state);
    case 'EndAcceptanceWindow':
      return endAcceptanceWindow(command, state);
    case 'LapseMatch':
      return lapseMatch(command, state);
  }
};

export const matchDecider: Decider<MatchState, MatchCommand, MatchEvent, MatchRefusal> = { initial: { status: 'unknown' }, evolve, decide };
