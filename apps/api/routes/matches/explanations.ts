import { Inject, Injectable } from '@nestjs/common';
import { ROUND_EXPLAINER } from '#application/dispatch/tokens';
import type { AskedExplanation, Explanation, NotExplained, RoundExplainer } from '#application/round-explainer.port';
import type { NetworkId, RoundId } from '#domain/ids';
import { OpenRound } from '#projections/rounds/rounds.queries';
import { problem, type InEachLanguage, type ProblemError } from '../../problems/problem';
import type { Token } from '../../queries/consistency-token';
import { LongRunningJobs } from '../../queries/long-running-jobs';
import { QueryRunner, WAIT_MS } from '../../queries/query-runner';
import { roundNotFound } from './round-not-found';

/** Pages of one round's explanation are asked for one after another: some are kept, the last asked for. */
const KEPT = 4;

const TITLES: Readonly<Record<Exclude<NotExplained, 'not-found'>, InEachLanguage>> = {
  undated: {
    en: 'This round was recorded before rounds told as of when they judge: it cannot be explained',
    fr: 'Ce tour d’appariement a été enregistré avant que les tours ne disent à quelle date ils jugent : il ne peut pas être expliqué',
  },
  'not-completed': {
    en: 'This round is not completed: ask again when it is',
    fr: 'Ce tour d’appariement n’est pas terminé : redemandez ensuite',
  },
  rings: {
    en: 'This network wants rings alone, where one change moves many: what would serve more is not told',
    fr: 'Ce réseau ne veut que des boucles, où un changement en entraîne beaucoup : ce qui servirait plus n’est pas dit',
  },
};

const refused = (why: NotExplained): ProblemError =>
  why === 'not-found' ? roundNotFound() : problem(409, 'round-not-explained', TITLES[why]);

/** Explanations take several rounds' time: who asks waits a while, then is told how far it is, and asks again. */
@Injectable()
export class Explanations {
  private readonly kept = new Map<string, Explanation>();

  constructor(
    private readonly underway: LongRunningJobs,
    private readonly reading: QueryRunner,
    @Inject(ROUND_EXPLAINER) private readonly explainer: RoundExplainer,
    @Inject(WAIT_MS) private readonly waitMs: number,
  ) {}

  /** @throws ProblemError 503 `under-way` with the progress */
  async ofRound(networkId: NetworkId, roundId: RoundId, after?: Token): Promise<Explanation> {
    const { round } = await this.reading.ask(new OpenRound(networkId, roundId, { limit: 1 }), { models: ['rounds'], after });
    if (!round) throw roundNotFound();
    const key = `explanation ${networkId} ${roundId}`;
    const explanation = this.kept.get(key) ?? (await this.solved(key, { networkId, roundId }));
    // the one asked for last is given up last
    this.kept.delete(key);
    this.kept.set(key, explanation);
    for (const oldest of [...this.kept.keys()].slice(0, -KEPT)) this.kept.delete(oldest);
    return explanation;
  }

  /** Of what is open now. @throws ProblemError 503 `under-way` with the progress */
  ofToday(networkId: NetworkId): Promise<Explanation> {
    return this.solved(`explanation ${networkId} today`, { networkId, roundId: null });
  }

  private async solved(key: string, asked: AskedExplanation): Promise<Explanation> {
    const answer = await this.underway.join(key, this.waitMs, ({ signal, tell }) =>
      this.explainer.explain(asked, {
        signal,
        tell: (done, of) => tell({ share: done / of, told: `${done} of ${of} rounds solved` }),
      }),
    );
    if (typeof answer === 'string') throw refused(answer);
    return answer;
  }
}
