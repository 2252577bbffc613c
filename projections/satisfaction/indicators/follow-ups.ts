import { type Ballot, ballot, cellsOf, type Sources } from '../ballot';
import { factsOf } from '../satisfaction.facts';

/** Used at work: yes ÷ answers, by the closing of the exchange, once the follow-up's window has ended. */
export const usefulCold = (sources: Sources): readonly Ballot[] =>
  sources.exchanges.flatMap(({ facts, topicUri }) => {
    const [due] = factsOf(facts, 'FollowUpDue');
    const [closed] = factsOf(facts, 'ExchangeClosed');
    if (due === undefined || closed === undefined) return [];
    const persons = [...closed.submitted, ...closed.missed].map(({ memberId }) => memberId as string);
    const stay = sources.weeks.inYear(closed.at, [closed.rec, due.rec, due.until]);
    return due.learners.flatMap((learner) => {
      const answer = factsOf(facts, 'FollowUpSubmitted').find(({ memberId, rec }) => memberId === learner && rec <= due.until);
      const cells = cellsOf(sources.members, { persons: [learner], known: closed.rec, topicUri, role: 'learner' });
      const opens = answer === undefined ? [due] : [answer, due];
      if (answer === undefined) return ballot(stay, { authors: [], judged: [], cells, opens, due: 1 });
      const judged = persons.filter((person) => person !== learner);
      return ballot(stay, { authors: [learner], judged, cells, opens, hits: answer.usedAtWork ? 1 : 0, of: 1, due: 1, answered: 1 });
    });
  });
