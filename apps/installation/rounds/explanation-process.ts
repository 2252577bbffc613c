import { once } from 'node:events';
import { roundExplainerOf } from '#application/application.module';
import type { AskedExplanation, Explanation, NotExplained } from '#application/round-explainer.port';
import { besideOthers } from '../beside-others';
import { openInstallation, type Installation } from '../installation';
import { toldFault } from './told-fault';
import { failWith } from '../run-until-signal';
import { readSettings } from '../settings';
import type { ExplanationPiece, FromExplainer, ToExplainer } from './explanation-messages';

/** Small enough to be read in one turn of an event loop that serves. */
const PIECE = 500;

/** Whoever is gone needs no answer. */
const told = (message: FromExplainer): void => void process.send?.(message, undefined, undefined, () => undefined);

function* piecesOf({ proposals, unmatched }: ExplanationPiece): Iterable<ExplanationPiece> {
  for (let from = 0; from < Math.max(proposals.length, unmatched.length); from += PIECE)
    yield { proposals: proposals.slice(from, from + PIECE), unmatched: unmatched.slice(from, from + PIECE) };
}

/** Whoever asked may be gone before they have taken all. */
const tell = async (answer: Explanation | NotExplained, signal: AbortSignal): Promise<void> => {
  if (typeof answer === 'string') return told({ is: 'answer', answer });
  for (const piece of piecesOf(answer.explained)) {
    const heard = once(process, 'message', { signal });
    told({ is: 'piece', piece });
    await heard;
  }
  told({ is: 'answer', answer: { ...answer, explained: { ...answer.explained, proposals: [], unmatched: [] } } });
};

const explain = async ({ ports }: Installation, asked: AskedExplanation, signal: AbortSignal): Promise<void> => {
  try {
    await tell(await roundExplainerOf(ports).explain(asked, { signal, tell: (done, of) => told({ is: 'far', done, of }) }), signal);
  } catch (fault) {
    told({ is: 'fault', fault: toldFault(fault) });
  }
};

/** Answers the one question of the API that started it (`explanationsApart`), and ends when it is let go. */
const main = async (signal: AbortSignal): Promise<void> => {
  const asking = once(process, 'message') as Promise<[ToExplainer]>;
  const installation = await openInstallation(readSettings(process.env), { roundsHere: true, warn: () => undefined });
  try {
    const [message] = await asking;
    if (message.is === 'explain') await explain(installation, message.asked, signal);
    if (!signal.aborted) await once(signal, 'abort');
  } finally {
    await installation.close();
  }
};

besideOthers(main).then(() => process.exit(0), failWith);
