import { AssessIncident, AssessIncidentDto } from '#application/incident/assess-incident';
import { ContestOffer, ContestOfferDto } from '#application/offer/contest-offer';
import { ContestRequest, ContestRequestDto } from '#application/request/contest-request';
import { DisputeExchange, DisputeExchangeDto } from '#application/exchange/dispute-exchange';
import { ReportIncident, ReportIncidentDto } from '#application/incident/report-incident';
import { ResolveIncident, ResolveIncidentDto } from '#application/incident/resolve-incident';
import { SettleDispute, SettleDisputeDto } from '#application/exchange/settle-dispute';
import { SettleOfferContest, SettleOfferContestDto } from '#application/offer/settle-offer-contest';
import { SettleRequestContest, SettleRequestContestDto } from '#application/request/settle-request-contest';
import type { MemberId } from '#domain/ids';
import type { Chance } from '../seeded-random';
import { as, dto, type Reactions, type Stage } from '../stage';
import { contestTexts, disputeTexts, incidentTexts, settleTexts } from '../texts';

const KINDS = [
  [35, 'content'],
  [40, 'organisation'],
  [18, 'behaviour'],
  [7, 'confidentiality'],
] as const;
const CONTEST_KINDS = ['not-professional', 'a-service', 'misleading'] as const;

const stranger = (stage: Stage, memberId: MemberId, chance: Chance): MemberId | null => {
  const others = [...stage.book.members.values()].filter((one) => one.status === 'enrolled' && one.memberId !== memberId);
  return others.length === 0 ? null : chance.of(others).memberId;
};

const contest = (
  stage: Stage,
  { chance, memberId, give }: { chance: Chance; memberId: MemberId; give: (by: MemberId, fields: object) => Promise<unknown> },
): void => {
  stage.after(chance.between(2, 25), async () => {
    const by = stranger(stage, memberId, chance);
    if (by !== null) await give(by, { kind: chance.of(CONTEST_KINDS), text: chance.of(contestTexts[stage.languageOf(by)]) });
  });
};

const settlement = (chance: Chance): { readonly outcome: 'kept' | 'taken-down'; readonly text: string } => ({
  outcome: chance.yes(0.65) ? 'kept' : 'taken-down',
  text: chance.of(settleTexts.fr),
});

const contestReactions: Reactions = {
  OfferPublished: (stage, { data: { offerId, memberId } }) => {
    const chance = stage.chance(`contest ${offerId}`);
    if (!stage.rarely(chance, 0.008, 'OfferContested')) return;
    const give = (by: MemberId, fields: object) =>
      stage.give(as(by), (envelope) => new ContestOffer(envelope, offerId, dto(ContestOfferDto, fields)));
    contest(stage, { chance, memberId, give });
  },
  RequestPublished: (stage, { data: { requestId, memberId } }) => {
    const chance = stage.chance(`contest ${requestId}`);
    if (!stage.rarely(chance, 0.005, 'RequestContested')) return;
    const give = (by: MemberId, fields: object) =>
      stage.give(as(by), (envelope) => new ContestRequest(envelope, requestId, dto(ContestRequestDto, fields)));
    contest(stage, { chance, memberId, give });
  },
  OfferContested: (stage, { data: { offerId } }) => {
    const chance = stage.chance(`settle ${offerId}`);
    const fields = dto(SettleOfferContestDto, settlement(chance));
    stage.after(chance.between(2, 9), async () => {
      await stage.give(stage.staff.facilitator, (envelope) => new SettleOfferContest(envelope, offerId, fields));
    });
  },
  RequestContested: (stage, { data: { requestId } }) => {
    const chance = stage.chance(`settle ${requestId}`);
    const fields = dto(SettleRequestContestDto, settlement(chance));
    stage.after(chance.between(2, 9), async () => {
      await stage.give(stage.staff.secondFacilitator, (envelope) => new SettleRequestContest(envelope, requestId, fields));
    });
  },
};

const incident = (stage: Stage, by: MemberId, exchangeId: string, chance: Chance): void => {
  const kind = chance.weighed([
    [20, 'confidentiality'],
    [45, 'behaviour'],
    [35, 'content'],
  ] as const);
  const fields = dto(ReportIncidentDto, { kind, exchangeId, text: chance.of(incidentTexts[stage.languageOf(by)]) });
  stage.after(chance.between(0.5, 8), async () => void (await stage.give(as(by), (envelope) => new ReportIncident(envelope, fields))));
};

export const troublesReactions: Reactions = {
  ...contestReactions,
  ExchangeHeld: (stage, { data: { exchangeId, present } }) => {
    const chance = stage.chance(`troubles ${exchangeId}`);
    const one = chance.of(present).memberId;
    if (stage.rarely(chance, 0.006, 'IncidentAssessed')) incident(stage, one, exchangeId, chance);
    if (!stage.rarely(chance, 0.014, 'ExchangeDisputed')) return;
    const fields = dto(DisputeExchangeDto, { kind: chance.weighed(KINDS), text: chance.of(disputeTexts[stage.languageOf(one)]) });
    stage.after(
      chance.between(0.5, 12),
      async () => void (await stage.give(as(one), (envelope) => new DisputeExchange(envelope, exchangeId, fields))),
    );
  },
  ExchangeDisputed: (stage, { data: { exchangeId, disputeId } }) => {
    const chance = stage.chance(`settle ${disputeId}`);
    const fields = dto(SettleDisputeDto, { outcome: chance.yes(0.75) ? 'goes-on' : 'closed', text: chance.of(settleTexts.fr) });
    stage.after(chance.between(1, 11), async () => {
      await stage.give(stage.staff.facilitator, (envelope) => new SettleDispute(envelope, exchangeId, disputeId, fields));
    });
  },
  IncidentReported: (stage, { data: { incidentId, kind } }) => {
    if (kind === 'risk') return;
    const chance = stage.chance(`incident ${incidentId}`);
    const by = stage.staff.secondFacilitator;
    const action = dto(AssessIncidentDto, { action: chance.of(settleTexts.fr) });
    stage.after(
      chance.between(0.5, 5),
      async () => void (await stage.give(by, (envelope) => new AssessIncident(envelope, incidentId, action))),
    );
    const text = dto(ResolveIncidentDto, { text: chance.of(settleTexts.fr) });
    stage.after(
      chance.between(6, 16),
      async () => void (await stage.give(by, (envelope) => new ResolveIncident(envelope, incidentId, text))),
    );
  },
};
