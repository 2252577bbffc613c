import { AmendEvaluation, AmendEvaluationDto } from '#application/exchange/amend-evaluation';
import { SubmitEvaluation, SubmitEvaluationDto } from '#application/exchange/submit-evaluation';
import { SubmitFollowUp, SubmitFollowUpDto } from '#application/exchange/submit-follow-up';
import type { ExchangeId, MemberId, Salt } from '#domain/ids';
import type { ExchangeRole } from '#domain/vocabulary';
import type { Envelope } from '#application/dispatch/envelope';
import { idFrom } from '#application/dispatch/derived-ids';
import type { SeededRandom } from '../seeded-random';
import { as, dto, type Reactions, type Simulation } from '../simulation';
import { comments, usedExamples } from '../texts';

const OVERALL = [
  [45, 5],
  [38, 4],
  [11, 3],
  [4, 2],
  [2, 1],
] as const;

const near = (score: number, random: SeededRandom): number =>
  Math.min(
    5,
    Math.max(
      1,
      score +
        random.weighed([
          [20, -1],
          [60, 0],
          [20, 1],
        ]),
    ),
  );

const formOf = (
  simulation: Simulation,
  exchangeId: ExchangeId,
  who: { memberId: MemberId; role: ExchangeRole; overall: number },
  random: SeededRandom,
) => ({
  overall: who.overall,
  criteria: (simulation.world.exchanges.get(exchangeId)?.criteria ?? []).map((criterionId) => ({
    criterionId,
    score: near(who.overall, random),
  })),
  usable: who.role === 'learner' ? near(who.overall, random) : null,
  again: who.overall >= 3 ? random.yes(0.94) : random.yes(0.3),
  comment: random.yes(0.4) ? random.of(comments[simulation.languageOf(who.memberId)]) : null,
});

/** The same seed gives the same log: a demo's salts are no secret, as nobody in it is. */
const saltOf = ({ commandId }: Envelope): Salt => idFrom<Salt>(commandId, 'salt').replaceAll('-', '') as Salt;

const isEvaluating = (simulation: Simulation, exchangeId: ExchangeId): boolean =>
  simulation.world.exchanges.get(exchangeId)?.status === 'held';

const amend = (simulation: Simulation, exchangeId: ExchangeId, form: object, memberId: MemberId): void => {
  simulation.after(1, async () => {
    if (!isEvaluating(simulation, exchangeId)) return;
    const fields = dto(AmendEvaluationDto, { ...form, comment: comments[simulation.languageOf(memberId)][0] });
    await simulation.give(as(memberId), (envelope) => new AmendEvaluation(envelope, exchangeId, fields, saltOf(envelope)));
  });
};

const evaluate = (simulation: Simulation, exchangeId: ExchangeId, { memberId, role }: { memberId: MemberId; role: ExchangeRole }): void => {
  const random = simulation.random(`evaluation ${exchangeId} ${memberId}`);
  const shared = simulation.random(`went ${exchangeId}`).weighed(OVERALL);
  if (!random.yes(role === 'learner' ? 0.85 : 0.78)) return;
  const overall = near(shared, random);
  const form = formOf(simulation, exchangeId, { memberId, role, overall }, random);
  // A few think of it when the window has ended.
  simulation.after(random.yes(0.03) ? random.between(31, 36) : random.between(0.5, 22), async () => {
    if (!isEvaluating(simulation, exchangeId)) return;
    await simulation.give(as(memberId), (envelope) => {
      const fields = dto(SubmitEvaluationDto, form);
      return new SubmitEvaluation(envelope, exchangeId, fields, saltOf(envelope));
    });
    if (random.yes(0.05)) amend(simulation, exchangeId, form, memberId);
  });
};

export const evaluatingReactions: Reactions = {
  ExchangeHeld: (simulation, { data: { exchangeId, present } }) => {
    for (const attendee of present) evaluate(simulation, exchangeId, attendee);
  },
  FollowUpDue: (simulation, { data: { exchangeId, learners } }) => {
    for (const memberId of learners) {
      const random = simulation.random(`follow-up ${exchangeId} ${memberId}`);
      if (!random.yes(0.6)) continue;
      simulation.after(random.between(0.5, 25), async () => {
        const usedAtWork = random.yes(0.72);
        const example = usedAtWork && random.yes(0.5) ? random.of(usedExamples[simulation.languageOf(memberId)]) : null;
        const fields = dto(SubmitFollowUpDto, { usedAtWork, example });
        await simulation.give(as(memberId), (envelope) => new SubmitFollowUp(envelope, exchangeId, fields, saltOf(envelope)));
      });
    }
  },
};
