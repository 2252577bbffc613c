import type { AnyEvent, WorldModel, ExchangeNote, MatchNote } from './world-model';

const move = (world: WorldModel, event: Extract<AnyEvent, { data: { matchId: string } }>, to: Partial<MatchNote>): void => {
  const match = world.matches.get(event.data.matchId);
  if (match) Object.assign(match, to);
};

export const noteMatch = (world: WorldModel, event: AnyEvent): void => {
  switch (event.type) {
    case 'MatchProposed': {
      const { participants, connectionWaived: waived } = event.data;
      world.matches.set(event.data.matchId, { status: 'proposed', participants, waived, mediatorId: null, awaiting: [] });
      return;
    }
    case 'MatchOpened':
      return move(world, event, { status: 'opened' });
    case 'MatchConfirmed':
      return move(world, event, { status: 'confirmed', participants: event.data.participants });
    case 'MatchDeclined':
      return move(
        world,
        event,
        event.data.ends
          ? { status: 'over' }
          : { participants: event.data.participants.filter((one) => one.memberId !== event.data.memberId) },
      );
    case 'ConnectionPlanned':
      return move(world, event, { status: 'planned', mediatorId: event.data.mediatorId });
    case 'AgreementReached':
    case 'AgreementConfirmed':
      return move(world, event, { status: 'agreed', awaiting: event.data.awaiting });
    case 'MatchExpired':
    case 'MatchSuperseded':
    case 'AgreementNotReached':
      return move(world, event, { status: 'over' });
    default:
  }
};

const opened = ({ data }: Extract<AnyEvent, { type: 'ExchangeAgreed' }>): ExchangeNote => ({
  exchangeId: data.exchangeId,
  status: 'open',
  everyone: data.participants,
  participants: data.participants,
  mediatorId: data.mediatorId,
  topicUri: data.topicUri,
  criteria: data.agreement.criteria.map(({ criterionId }) => criterionId),
  planned: new Map(data.agreement.sessions.map((session) => [session.sessionId, session])),
  reported: new Set(),
  present: new Map(),
  confirmed: new Set(),
  evaluated: new Set(),
  dispute: null,
});

const noteCourse = (exchange: ExchangeNote, event: AnyEvent): void => {
  switch (event.type) {
    case 'ExchangeRescheduled':
      exchange.planned.set(event.data.sessionId, event.data.to);
      return;
    case 'ParticipantDropped':
      exchange.participants = exchange.participants.filter(({ memberId }) => memberId !== event.data.memberId);
      return;
    case 'SessionHeld':
      exchange.reported.add(event.data.sessionId);
      for (const { memberId, role } of event.data.present) exchange.present.set(memberId, role);
      return;
    case 'HeldConfirmed':
      exchange.confirmed.add(event.data.by);
      return;
    case 'ExchangeHeld':
      exchange.status = 'held';
      exchange.present.clear();
      for (const { memberId, role } of event.data.present) exchange.present.set(memberId, role);
      return;
    case 'EvaluationSubmitted':
      exchange.evaluated.add(event.data.memberId);
      return;
    case 'ExchangeClosed':
      exchange.status = 'closed';
      return;
    case 'ExchangeCancelled':
    case 'ExchangeInterrupted':
      exchange.status = 'over';
      return;
    case 'ExchangeDisputed':
      exchange.dispute = event.data.disputeId;
      return;
    case 'DisputeSettled':
      exchange.dispute = null;
      return;
    default:
  }
};

export const noteExchange = (world: WorldModel, event: AnyEvent): void => {
  if (event.type === 'ExchangeAgreed') world.exchanges.set(event.data.exchangeId, opened(event));
  const id = event.meta.stream.startsWith('exchange-') && 'exchangeId' in event.data ? event.data.exchangeId : null;
  const exchange = id === null ? undefined : world.exchanges.get(id);
  if (exchange) noteCourse(exchange, event);
};
