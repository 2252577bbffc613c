import type { ToldFault } from './told-fault';
import type { AskedExplanation, Explanation, NotExplained } from '#application/round-explainer.port';

/** What the process that explains rounds is told. */
export type ToExplainer =
  | { readonly is: 'explain'; readonly asked: AskedExplanation }
  /** Answers each piece. */
  | { readonly is: 'go-on' };

/** A part of what an explanation says of matches and requests. */
export type ExplanationPiece = Pick<Explanation['explained'], 'proposals' | 'unmatched'>;

export type FromExplainer =
  | { readonly is: 'far'; readonly done: number; readonly of: number }
  | { readonly is: 'piece'; readonly piece: ExplanationPiece }
  | { readonly is: 'answer'; readonly answer: Explanation | NotExplained }
  | { readonly is: 'fault'; readonly fault: ToldFault };
