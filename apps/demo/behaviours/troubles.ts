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
import type { SeededRandom } from '../seeded-random';
import { as, dto, type Reactions, type Simulation } from '../simulation';
import { contestTexts, disputeTexts, incidentTexts, settleTexts } from '../texts';

const KINDS = [
  [35, 'content'],
  [40, 'organisation'],
  [18, 'behaviour'],
  [7, 'confidentiality'],
] as const;
const CONTEST_KINDS = ['not-professional', 'a-service', 'misleading'] as const;

const stranger = (simulation: Simulation, memberId: MemberId, random: SeededRandom): MemberId | null => {
  const others = [...simulation.world.members.values()].filter((one) => one.status === 'enrolled' && one.memberId !== memberId);
  return others.length === 0 ? null : random.of(others).memberId;
};

const contest = (
  simulation: Simulation,
  { random, memberId, give }: { random: SeededRandom; memberId: MemberId; give: (by: MemberId, fields: object) => Promise<unknown> },
): void => {
  simulation.after(random.between(2, 25), async () => {
    const by = stranger(simulation, memberId, random);
    if (by !== null) await give(by, { kind: random.of(CONTEST_KINDS), text: random.of(contestTexts[simulation.languageOf(by)]) });
  });
};

const settlement = (random: SeededRandom): { readonly outcome: 'kept' | 'taken-down'; readonly text: string } => ({
  outcome: random.yes(0.65) ? 'kept' : 'taken-down',
  text: random.of(settleTexts.fr),
});

const contestReactions: Reactions = {
  OfferPublished: (simulation, { data: { offerId, memberId } }) => {
    const random = simulation.random(`contest ${offerId}`);
    if (!simulation.rarely(random, 0.008, 'OfferContested')) return;
    const give = (by: MemberId, fields: object) =>
      simulation.give(as(by), (envelope) => new ContestOffer(envelope, offerId, dto(ContestOfferDto, fields)));
    contest(simulation, { random, memberId, give });
  },
  RequestPublished: (simulation, { data: { requestId, memberId } }) => {
    const random = simulation.random(`contest ${requestId}`);
    if (!simulation.rarely(random, 0.005, 'RequestContested')) return;
    const give = (by: MemberId, fields: object) =>
      simulation.give(as(by), (envelope) => new ContestRequest(envelope, requestId, dto(ContestRequestDto, fields)));
    contest(simulation, { random, memberId, give });
  },
  OfferContested: (simulation, { data: { offerId } }) => {
    const random = simulation.random(`settle ${offerId}`);
    const fields = dto(SettleOfferContestDto, settlement(random));
    simulation.after(random.between(2, 9), async () => {
      await simulation.give(simulation.staff.facilitator, (envelope) => new SettleOfferContest(envelope, offerId, fields));
    });
  },
  RequestContested: (simulation, { data: { requestId } }) => {
    const random = simulation.random(`settle ${requestId}`);
    const fields = dto(SettleRequestContestDto, settlement(random));
    simulation.after(random.between(2, 9), async () => {
      await simulation.give(simulation.staff.secondFacilitator, (envelope) => new SettleRequestContest(envelope, requestId, fields));
    });
  },
};

const incident = (simulation: Simulation, by: MemberId, exchangeId: string, random: SeededRandom): void => {
  const kind = random.weighed([
    [20, 'confidentiality'],
    [45, 'behaviour'],
    [35, 'content'],
  ] as const);
  const fields = dto(ReportIncidentDto, { kind, exchangeId, text: random.of(incidentTexts[simulation.languageOf(by)]) });
  simulation.after(
    random.between(0.5, 8),
    async () => void (await simulation.give(as(by), (envelope) => new ReportIncident(envelope, fields))),
  );
};

export const troublesReactions: Reactions = {
  ...contestReactions,
  ExchangeHeld: (simulation, { data: { exchangeId, present } }) => {
    const random = simulation.random(`troubles ${exchangeId}`);
    const one = random.of(present).memberId;
    if (simulation.rarely(random, 0.006, 'IncidentAssessed')) incident(simulation, one, exchangeId, random);
    if (!simulation.rarely(random, 0.014, 'ExchangeDisputed')) return;
    const fields = dto(DisputeExchangeDto, { kind: random.weighed(KINDS), text: random.of(disputeTexts[simulation.languageOf(one)]) });
    simulation.after(
      random.between(0.5, 12),
      async () => void (await simulation.give(as(one), (envelope) => new DisputeExchange(envelope, exchangeId, fields))),
    );
  },
  ExchangeDisputed: (simulation, { data: { exchangeId, disputeId } }) => {
    const random = simulation.random(`settle ${disputeId}`);
    const fields = dto(SettleDisputeDto, { outcome: random.yes(0.75) ? 'goes-on' : 'closed', text: random.of(settleTexts.fr) });
    simulation.after(random.between(1, 11), async () => {
      await simulation.give(simulation.staff.facilitator, (envelope) => new SettleDispute(envelope, exchangeId, disputeId, fields));
    });
  },
  IncidentReported: (simulation, { data: { incidentId, kind } }) => {
    if (kind === 'risk') return;
    const random = simulation.random(`incident ${incidentId}`);
    const by = simulation.staff.secondFacilitator;
    const action = dto(AssessIncidentDto, { action: random.of(settleTexts.fr) });
    simulation.after(
      random.between(0.5, 5),
      async () => void (await simulation.give(by, (envelope) => new AssessIncident(envelope, incidentId, action))),
    );
    const text = dto(ResolveIncidentDto, { text: random.of(settleTexts.fr) });
    simulation.after(
      random.between(6, 16),
      async () => void (await simulation.give(by, (envelope) => new ResolveIncident(envelope, incidentId, text))),
    );
  },
};
