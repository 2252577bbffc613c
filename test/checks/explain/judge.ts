import type { Instant } from '#kernel/id';
import { questionOf, type Fact } from '#test/oracle/facts/question';
import type { AnswersAt, SatisfactionAnswer } from './answers';
import type { Finding } from './findings';
import { judgeRisk } from './judge-risk';
import { judgePairs, judgeSatisfaction } from './judge-satisfaction';

/** Shares of a history's time at which its figures are asked for. */
const DATES = [0.4, 0.75, 1] as const;

const datesOf = (log: readonly Fact[]): readonly Instant[] => {
  const [from, to] = [log[0], log.at(-1)].map((fact) => Date.parse(fact?.meta.recordedAt ?? ''));
  return DATES.map((share) => new Date(from! + share * (to! - from!)).toISOString() as Instant);
};

interface Judged {
  readonly findings: readonly Finding[];
  readonly figures: Readonly<Record<'figures' | 'shown' | 'evidence', number>>;
}

/** Every figure of both dashboards at three dates, held against the oracle's. */
export const judge = async (log: readonly Fact[], answersAt: AnswersAt): Promise<Judged> => {
  const findings: Finding[] = [];
  const published: SatisfactionAnswer[] = [];
  const figures = { figures: 0, shown: 0, evidence: 0 };
  for (const at of datesOf(log)) {
    const question = questionOf(log, at);
    if (question === null) throw new Error(`the network was not open yet at ${at}`);
    const { risk, satisfaction } = await answersAt(at);
    const found = [...judgeRisk(question, risk), ...judgeSatisfaction(question, satisfaction)];
    findings.push(...found.map(({ count, what }) => ({ count, what: `as of ${at}: ${what}` })));
    published.push(...satisfaction);
    for (const { figure, eventIds } of [...risk, ...satisfaction]) {
      figures.figures += 1;
      figures.shown += figure.hidden ? 0 : 1;
      figures.evidence += eventIds.length;
    }
  }
  return { findings: [...findings, ...judgePairs(log, published)], figures };
};
