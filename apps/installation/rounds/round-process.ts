import { roundRunnerOf } from '#application/application.module';
import type { RoundRunner, RoundWatch } from '#application/round-runner.port';
import { besideOthers } from '../beside-others';
import { openInstallation } from '../installation';
import type { FromRounds, RoundAnswer, RoundPiece, ToRounds } from './round-messages';
import { toldFault } from './told-fault';
import { failWith } from '../run-until-signal';
import { readSettings } from '../settings';

type Question = Exclude<ToRounds, { is: 'go-on' }>;

/** Small enough to be read in one turn of an event loop that serves. */
const PIECE = 500;

/** Whoever is gone needs no answer. */
const told = (message: FromRounds): void => void process.send?.(message, undefined, undefined, () => undefined);

/** Told, and answered; where nobody is there to answer, nothing goes on. */
const goOnAfter = (message: FromRounds): Promise<void> =>
  new Promise((resolve) => {
    process.once('message', () => resolve());
    told(message);
  });

function* piecesOf({ matches, unmatched }: RoundPiece): Iterable<RoundPiece> {
  for (let from = 0; from < Math.max(matches.length, unmatched.length); from += PIECE)
    yield { matches: matches.slice(from, from + PIECE), unmatched: unmatched.slice(from, from + PIECE) };
}

const tell = async (answer: RoundAnswer): Promise<void> => {
  if (answer === null || !('outcome' in answer) || answer.outcome !== 'dry-run') return told({ is: 'answer', answer });
  for (const piece of piecesOf(answer.round)) await goOnAfter({ is: 'piece', piece });
  told({ is: 'answer', answer: { ...answer, round: { ...answer.round, matches: [], unmatched: [] } } });
};

const answered = (runner: RoundRunner, asked: Question, watch: RoundWatch): Promise<RoundAnswer> => {
  return asked.is === 'run' ? runner.run(asked.asked, watch) : runner.replay(asked.roundId, watch);
};

/** Until whoever started it lets it go, or is gone: then what is being recorded is recorded whole, and nothing else goes on. */
const serve = async (runner: RoundRunner, signal: AbortSignal): Promise<void> => {
  let underWay: Promise<void> | undefined;
  let isRecording = false;
  const enter: RoundWatch['enter'] = async (phase) => {
    signal.throwIfAborted();
    await goOnAfter({ is: 'phase', phase });
    isRecording = phase === 'recording';
  };
  const hear = (asked: ToRounds): void => {
    if (asked.is === 'go-on') return;
    underWay = answered(runner, asked, { signal, enter })
      .then(tell)
      .catch((fault: unknown) => told({ is: 'fault', fault: toldFault(fault) }))
      .finally(() => (underWay = undefined));
  };
  process.on('message', hear);
  await new Promise<void>((resolve) => (signal.aborted ? resolve() : signal.addEventListener('abort', () => resolve())));
  process.off('message', hear);
  if (isRecording) await underWay;
};

/** Runs the rounds of the API that started it (`roundsApart`), which hands them over one by one. */
const main = async (signal: AbortSignal): Promise<void> => {
  // whoever started it has said what there is to say
  const installation = await openInstallation(readSettings(process.env), { roundsHere: true, warn: () => undefined });
  try {
    await serve(roundRunnerOf(installation.ports, installation.application.dispatcher), signal);
  } finally {
    await installation.close();
  }
};

besideOthers(main).then(() => process.exit(0), failWith);
