import type { ToldFault } from './told-fault';
import type { Replay } from '#application/round/replay';
import type { Outcome } from '#application/dispatch/outcome';
import type { AskedRound, DryRun, RoundPhase } from '#application/round-runner.port';
import type { RoundId } from '#domain/ids';

/** What the process that runs rounds is told. */
export type ToRounds =
  | { readonly is: 'run'; readonly asked: AskedRound }
  | { readonly is: 'replay'; readonly roundId: RoundId }
  /** Answers each message but the last. */
  | { readonly is: 'go-on' };

/** A part of what a dry run found. */
export type RoundPiece = Pick<DryRun['round'], 'matches' | 'unmatched'>;
export type RoundAnswer = Outcome | DryRun | Replay | null;

/** What it tells, each message once the one before was answered. */
export type FromRounds =
  | { readonly is: 'phase'; readonly phase: RoundPhase }
  | { readonly is: 'piece'; readonly piece: RoundPiece }
  | { readonly is: 'answer'; readonly answer: RoundAnswer }
  | { readonly is: 'fault'; readonly fault: ToldFault };
