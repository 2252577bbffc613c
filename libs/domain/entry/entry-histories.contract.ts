import { play } from '#testing/histories/histories';
import { ana, bo } from '#testing/people';
import { anyHistory, anyMoment, expectRepeatsToMakeNothing } from '#testing/histories/random-histories';
import fc from 'fast-check';
import type { SavoirsCommand } from '../catalogue';
import type { DomainActor } from '../vocabulary';
import { authorsWord, entryWords, type EntryCommandName, type EntryEvent, type EntryKind } from './entry.fixture';

interface Accepted {
  readonly event: EntryEvent;
  readonly by: DomainActor;
  readonly before: { readonly status: string };
}
type AnyCommand = Parameters<typeof anyHistory<SavoirsCommand>>[0];

interface EntryHistories {
  readonly kind: EntryKind;
  readonly examples: object;
  /** Commands that the other kind does not have. */
  readonly also?: readonly AnyCommand[];
  /** Statuses after which nothing happens. */
  readonly ended: readonly string[];
}

/** Histories of an entry at random: of one that is not there yet, or is published. */
export const entryHistories = ({ kind, examples, also = [], ended }: EntryHistories) => {
  const { decider, nameOf, target, content, other, undeclared, published } = entryWords(kind);
  const anyContent = fc.constantFrom(content, other, undeclared);
  const order = (name: EntryCommandName, data: Record<string, fc.Arbitrary<unknown>> = {}): AnyCommand =>
    fc.record(data).map((more) => ({ type: nameOf(name), data: { ...target, ...more } })) as unknown as AnyCommand;
  const orders = fc.oneof(
    order('DraftEntry', { memberId: fc.constant(ana), content: anyContent }),
    order('PublishEntry', { memberId: fc.constantFrom(ana, ana, bo), content: fc.option(anyContent) }),
    order('ReviseEntry', { content: anyContent }),
    fc.constantFrom(...authorsWord).chain((name) => order(name)),
    order('ContestEntry', { kind: fc.constant('misleading'), text: fc.constant('Trompeur') }),
    order('SettleEntryContest', { outcome: fc.constantFrom('kept', 'taken-down'), text: fc.constant('Vu') }),
    ...also,
    order('CallEntryReview', { reviewDueAt: anyMoment }),
    order('LapseEntry', { lapseAt: anyMoment }),
  );
  const histories = anyHistory<SavoirsCommand>(orders);
  const beginnings = fc.constantFrom(decider, { ...decider, initial: decider.evolve(decider.initial, published) });
  const byAuthor = (['EntryRevised', 'EntryConfirmed', 'EntryPaused', 'EntryResumed'] as const).map(nameOf);

  return {
    /** Of each event that was accepted: it is its author's where it must be, publishes what is declared, and nothing comes after the end. */
    expectOfEach: (more: (accepted: Accepted) => void = () => undefined): void =>
      fc.assert(
        fc.property(beginnings, histories, (each, commands) => {
          for (const { command, before, decision } of play(each, commands)) {
            const { by } = command;
            if (decision.kind === 'refused') continue;
            for (const event of decision.events) {
              const { memberId } = event.data;
              expect(ended).not.toContain(before.status);
              if (byAuthor.includes(event.type)) expect([by.id, by.role === 'system']).toEqual([memberId, false]);
              if (event.type === nameOf('EntryPublished'))
                expect([event.data.content?.declaredProfessional, memberId === by.id || by.role === 'system']).toEqual([true, true]);
              if (event.type === nameOf('EntryContestSettled')) expect([by.role, by.id === memberId]).toEqual(['facilitator', false]);
              more({ event, by, before });
            }
          }
        }),
      ),
    contract: (): void => {
      it('makes nothing of an accepted command that is repeated (R22)', () => {
        fc.assert(fc.property(beginnings, histories, (each, commands) => expectRepeatsToMakeNothing(each, commands)));
      });

      it('folds any sequence of events without judging', () => {
        const events = Object.entries(examples).map(([type, data]) => ({ type, data }) as EntryEvent);
        fc.assert(
          fc.property(fc.array(fc.constantFrom(...events)), histories, (past, commands) => {
            const state = past.reduce(decider.evolve, decider.initial);
            for (const each of commands) decider.decide(each, state);
          }),
        );
      });
    },
  };
};
