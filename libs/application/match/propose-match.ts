import { Inject } from '@nestjs/common';
import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import type { MatchId, OfferId, RequestId } from '#domain/ids';
import { IsOptional } from 'class-validator';
import { AreIds, IsText, LENGTH } from '../dto/fields';
import type { Envelope } from '../dispatch/envelope';
import { idFrom } from '../dispatch/derived-ids';
import { orUnknown, rejected, type Outcome } from '../dispatch/outcome';
import { allFound, factsOf, membersOf, metBefore, openOffer, openRequest, proposalOf, type PairHistory } from './proposal';
import { streamNamed, type Dispatcher } from '../dispatch/run-decider';
import { allAvailable } from '../dispatch/membership-guards';
import { DISPATCHER, PAIR_HISTORY } from '../dispatch/tokens';

/** R7: one offer and one request at least, groups both ways. */
export class ProposeMatchDto {
  @AreIds(1, 20)
  readonly offerIds!: readonly OfferId[];

  @AreIds(1, 50)
  readonly requestIds!: readonly RequestId[];

  /** R7: why, where the topics differ. The participants read it. */
  @IsOptional()
  @IsText(LENGTH.text)
  readonly reason?: string;
}

/** A facilitator proposes; each participant still answers for themselves (R6). */
export class ProposeMatch extends Command<Outcome> {
  constructor(
    readonly envelope: Envelope,
    readonly dto: ProposeMatchDto,
  ) {
    super();
  }
}

@CommandHandler(ProposeMatch)
export class ProposeMatchHandler implements ICommandHandler<ProposeMatch> {
  constructor(
    @Inject(DISPATCHER) private readonly dispatcher: Dispatcher,
    @Inject(PAIR_HISTORY) private readonly history: PairHistory,
  ) {}

  execute({ envelope, dto }: ProposeMatch): Promise<Outcome> {
    return orUnknown(envelope.commandId, () => propose(this.dispatcher, this.history, { envelope, dto }));
  }
}

const propose = async (
  dispatcher: Dispatcher,
  history: PairHistory,
  { envelope, dto }: Pick<ProposeMatch, 'envelope' | 'dto'>,
): Promise<Outcome> => {
  const { networkId, commandId, by } = envelope;
  const answered = await dispatcher.answered(streamNamed('match', idFrom<MatchId>(commandId, 'match')), envelope);
  if (answered) return answered;
  const givers = allFound(await Promise.all(dto.offerIds.map((id) => openOffer(dispatcher, networkId, id))));
  const learners = allFound(await Promise.all(dto.requestIds.map((id) => openRequest(dispatcher, networkId, id))));
  if ('missing' in givers) return rejected(givers.missing);
  if ('missing' in learners) return rejected(learners.missing);
  const sides = { givers: givers.found, learners: learners.found };
  const [past, facts] = await Promise.all([metBefore(history, networkId, sides), factsOf(history, networkId, sides)]);
  const origin = { kind: 'facilitator', by: by.id } as const;
  const data = proposalOf(sides, { commandId, origin, metBefore: past, facts, reason: dto.reason ?? null });
  return dispatcher.dispatch({ type: 'ProposeMatch', data }, envelope, allAvailable(dispatcher, membersOf(sides)));
};
