import type { AnyEvent, Book, ExchangeNote, MatchNote } from './book';

const move = (book: Book, event: Extract<AnyEvent, { data: { matchId: string } }>, to: Partial<MatchNote>): void => {
  const match = book.matches.get(event.data.matchId);
  if (match) Object.assign(match, to);
};

export const noteMatch = (book: Book, event: AnyEvent): void => {
  switch (event.type) {
    case 'MatchProposed': {
      const { participants, connectionWaived: waived } = event.data;
      book.matches.set(event.data.matchId, { status: 'proposed', participants, waived, mediatorId: null, awaiting: [] });
      return;
    }
    case 'MatchOpened':
      return move(book, event, { status: 'opened' });
    case 'MatchConfirmed':
      return move(book, event, { status: 'confirmed', participants: event.data.participants });
    case 'MatchDeclined':
      return move(
        book,
        event,
        event.data.ends
          ? { status: 'over' }
          : { participants: event.data.participants.filter((one) => one.memberId !== event.data.memberId) },
      );
    case 'ConnectionPlanned':
      return move(book, event, { status: 'planned', mediatorId: event.data.mediatorId });
    case 'AgreementReached':
    case 'AgreementConfirmed':
      return move(book, event, { status: 'agreed', awaiting: event.data.awaiting });
    case 'MatchExpired':
    case 'MatchSuperseded':
    case 'AgreementNotReached':
      return move(book, event, { status: 'over' });
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

export const noteExchange = (book: Book, event: AnyEvent): void => {
  if (event.type === 'ExchangeAgreed') book.exchanges.set(event.data.exchangeId, opened(event));
  const id = event.meta.stream.startsWith('exchange-') && 'exchangeId' in event.data ? event.data.exchangeId : null;
  const exchange = id === null ? undefined : book.exchanges.get(id);
  if (exchange) noteCourse(exchange, event);
};
