import type { CommandBus, Command } from '@nestjs/cqrs';
import { plainToInstance } from 'class-transformer';
import { validateSync } from 'class-validator';
import type { Instant } from '#kernel/id';
import type { Envelope } from '#application/dispatch/envelope';
import type { Outcome } from '#application/dispatch/outcome';
import type { MemberId, NetworkId } from '#domain/ids';
import type { DomainActor, Language, Role } from '#domain/vocabulary';
import type { Act, Agenda } from './agenda';
import type { AnyEvent, WorldModel } from './world-model';
import { seededRandom, type SeededRandom } from './seeded-random';
import type { Catalogue } from './content';
import { instantAt } from '#kernel/instant';
import type { DemoPerson, STAFF } from './people';

export type UseCase = Command<unknown>;
export type StaffName = keyof typeof STAFF;

export interface SimulationParts {
  readonly seed: number;
  readonly networkId: NetworkId;
  readonly world: WorldModel;
  readonly agenda: Agenda;
  readonly catalogue: Catalogue;
  readonly staff: Readonly<Record<StaffName, DomainActor>>;
  readonly people: Map<MemberId, DemoPerson>;
  /** The moment of the next command; each is a little after the one before. */
  readonly tick: () => Instant;
  readonly nextCommandId: () => Envelope['commandId'];
  readonly bus: Pick<CommandBus, 'execute'>;
  readonly onRefused: (useCase: string, code: string) => void;
  readonly fromMs: number;
  readonly untilMs: number;
}

/** What everybody in it acts through: the same commands as any edge, one at a time. */
export interface Simulation extends SimulationParts {
  nowMs(): number;
  /** Gives one command. A refusal is counted: people, too, sometimes come too late. @throws where the log does not answer */
  give(by: DomainActor, make: (envelope: Envelope) => UseCase): Promise<boolean>;
  random(name: string): SeededRandom;
  /** After so many days, give or take nothing: the first half-day of work from then on. */
  after(days: number, act: Act): void;
  languageOf(memberId: MemberId): Language;
  /** What happens to few: at this rate, and soon once it is well under way without it, so that a small demo shows it too. */
  rarely(random: SeededRandom, rate: number, type: AnyEvent['type']): boolean;
}

export const createSimulation = (parts: SimulationParts & { readonly now: () => Instant }): Simulation => {
  const nowMs = (): number => Date.parse(parts.now());
  return {
    ...parts,
    nowMs,
    give: async (by, make) => {
      const at = parts.tick();
      const command = make({ networkId: parts.networkId, by, commandId: parts.nextCommandId(), at });
      const outcome = await parts.bus.execute<Command<Outcome>, Outcome>(command as Command<Outcome>);
      if (outcome.outcome === 'unknown') throw new Error('the log does not answer');
      if (outcome.outcome === 'rejected') parts.onRefused(command.constructor.name, outcome.refusal.code);
      return outcome.outcome === 'done';
    },
    random: (name) => seededRandom(parts.seed, name),
    after: (days, act) => parts.agenda.plan(nowMs() + days * 86_400_000, act),
    rarely: (random, rate, type) => {
      const share = (nowMs() - parts.fromMs) / (parts.untilMs - parts.fromMs);
      const missing = share > 0.25 && !parts.world.counts.has(type);
      return random.yes(missing ? Math.max(rate, 0.6) : rate);
    },
    languageOf: (memberId) => parts.people.get(memberId)?.languages[0] ?? 'fr',
  };
};

export const as = (id: MemberId, role: Role = 'member'): DomainActor => ({ id, role });

/** A use case's fields, held to the rules of its DTO. @throws where the demo itself is wrong */
export const dto = <Shape extends object>(shape: new () => Shape, fields: object): Shape => {
  const made = plainToInstance(shape, fields);
  const [error] = validateSync(made, { whitelist: true, forbidNonWhitelisted: true, forbidUnknownValues: true });
  if (error)
    throw new Error(
      `${shape.name}: ${error.property} ${JSON.stringify(error.constraints ?? error.children?.map((child) => child.property))}`,
    );
  return made;
};

export const atDays = (simulation: Simulation, days: number): Instant => instantAt(simulation.nowMs() + days * 86_400_000);

/** What people do when something has happened. */
export type Reactions = {
  readonly [Type in AnyEvent['type']]?: (simulation: Simulation, event: Extract<AnyEvent, { type: Type }>) => void;
};
