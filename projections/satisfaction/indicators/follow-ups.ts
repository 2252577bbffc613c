import { type FigureContribution, contribution, cellsOf, type Sources } from '../contribution';
import { factsOf } from '../satisfaction.facts';

/** Used at work: yes ÷ answers, by the closing of the exchange, once the follow-up's window has ended. */
export const usefulCold = (sources: Sources): readonly FigureContribution[] =>
  sources.exchanges.flatMap((exchange) => {
    const { facts, topicUri } = exchange;
    const [due] = factsOf(facts, 'FollowUpDue');
    const [closed] = factsOf(facts, 'ExchangeClosed');
    if (due === undefined || closed === undefined) return [];
    const persons = [...closed.submitted, ...closed.missed].map(({ memberId }) => memberId as string);
    const stay = sources.weeks.inYear(closed.at, [closed.rec, due.rec, due.until]);
    const placed = { persons: due.learners, known: closed.rec, exchange };
    return due.learners.flatMap((learner) => {
      const answer = factsOf(facts, 'FollowUpSubmitted').find(({ memberId, rec }) => memberId === learner && rec <= due.until);
      const cells = cellsOf(sources.members, { persons: [learner], known: closed.rec, topicUri, role: 'learner' });
      const evidence = answer === undefined ? [due, closed] : [answer, due, closed];
      if (answer === undefined) return contribution(stay, { authors: [], judged: [], cells, evidence, placed, due: 1 });
      const judged = persons.filter((person) => person !== learner);
      return contribution(stay, {
        authors: [learner],
        judged,
        cells,
        evidence,
        placed,
        hits: answer.usedAtWork ? 1 : 0,
        of: 1,
        due: 1,
        answered: 1,
      });
    });
  });
