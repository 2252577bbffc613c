import { AmendEvaluation, AmendEvaluationDto } from '#application/exchange/amend-evaluation';
import { SubmitEvaluation, SubmitEvaluationDto } from '#application/exchange/submit-evaluation';
import { SubmitFollowUp, SubmitFollowUpDto } from '#application/exchange/submit-follow-up';
import type { ExchangeId, MemberId, Salt } from '#domain/ids';
import type { ExchangeRole } from '#domain/vocabulary';
import type { Envelope } from '#application/dispatch/envelope';
import { idFrom } from '#application/dispatch/derived-ids';
import type { Chance } from '../seeded-random';
import { as, dto, type Reactions, type Stage } from '../stage';
import { comments, usedExamples } from '../texts';

const OVERALL = [
  [45, 5],
  [38, 4],
  [11, 3],
  [4, 2],
  [2, 1],
] as const;

const near = (score: number, chance: Chance): number =>
  Math.min(
    5,
    Math.max(
      1,
      score +
        chance.weighed([
          [20, -1],
          [60, 0],
          [20, 1],
        ]),
    ),
  );

const formOf = (
  stage: Stage,
  exchangeId: ExchangeId,
  who: { memberId: MemberId; role: ExchangeRole; overall: number },
  chance: Chance,
) => ({
  overall: who.overall,
  criteria: (stage.book.exchanges.get(exchangeId)?.criteria ?? []).map((criterionId) => ({
    criterionId,
    score: near(who.overall, chance),
  })),
  usable: who.role === 'learner' ? near(who.overall, chance) : null,
  again: who.overall >= 3 ? chance.yes(0.94) : chance.yes(0.3),
  comment: chance.yes(0.4) ? chance.of(comments[stage.languageOf(who.memberId)]) : null,
});

/** The same seed gives the same log: a demo's salts are no secret, as nobody in it is. */
const saltOf = ({ commandId }: Envelope): Salt => idFrom<Salt>(commandId, 'salt').replaceAll('-', '') as Salt;

const isEvaluating = (stage: Stage, exchangeId: ExchangeId): boolean => stage.book.exchanges.get(exchangeId)?.status === 'held';

const amend = (stage: Stage, exchangeId: ExchangeId, form: object, memberId: MemberId): void => {
  stage.after(1, async () => {
    if (!isEvaluating(stage, exchangeId)) return;
    const fields = dto(AmendEvaluationDto, { ...form, comment: comments[stage.languageOf(memberId)][0] });
    await stage.give(as(memberId), (envelope) => new AmendEvaluation(envelope, exchangeId, fields, saltOf(envelope)));
  });
};

const evaluate = (stage: Stage, exchangeId: ExchangeId, { memberId, role }: { memberId: MemberId; role: ExchangeRole }): void => {
  const chance = stage.chance(`evaluation ${exchangeId} ${memberId}`);
  const shared = stage.chance(`went ${exchangeId}`).weighed(OVERALL);
  if (!chance.yes(role === 'learner' ? 0.85 : 0.78)) return;
  const overall = near(shared, chance);
  const form = formOf(stage, exchangeId, { memberId, role, overall }, chance);
  // A few think of it when the window has ended.
  stage.after(chance.yes(0.03) ? chance.between(31, 36) : chance.between(0.5, 22), async () => {
    if (!isEvaluating(stage, exchangeId)) return;
    await stage.give(as(memberId), (envelope) => {
      const fields = dto(SubmitEvaluationDto, form);
      return new SubmitEvaluation(envelope, exchangeId, fields, saltOf(envelope));
    });
    if (chance.yes(0.05)) amend(stage, exchangeId, form, memberId);
  });
};

export const evaluatingReactions: Reactions = {
  ExchangeHeld: (stage, { data: { exchangeId, present } }) => {
    for (const attendee of present) evaluate(stage, exchangeId, attendee);
  },
  FollowUpDue: (stage, { data: { exchangeId, learners } }) => {
    for (const memberId of learners) {
      const chance = stage.chance(`follow-up ${exchangeId} ${memberId}`);
      if (!chance.yes(0.6)) continue;
      stage.after(chance.between(0.5, 25), async () => {
        const usedAtWork = chance.yes(0.72);
        const example = usedAtWork && chance.yes(0.5) ? chance.of(usedExamples[stage.languageOf(memberId)]) : null;
        const fields = dto(SubmitFollowUpDto, { usedAtWork, example });
        await stage.give(as(memberId), (envelope) => new SubmitFollowUp(envelope, exchangeId, fields, saltOf(envelope)));
      });
    }
  },
};
