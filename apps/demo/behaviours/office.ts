import { RecordAccess, RecordAccessDto } from '#application/audit/record-access';
import { RecordOperation, RecordOperationDto } from '#application/audit/record-operation';
import { RunMatchingRound, RunMatchingRoundDto } from '#application/round/run-matching-round';
import { dto, type Simulation } from '../simulation';

/** Each Monday: one run over what is open then (R18). */
export const runRound = (simulation: Simulation): Promise<boolean> =>
  simulation.give(
    simulation.staff.facilitator,
    (envelope) => new RunMatchingRound(envelope, dto(RunMatchingRoundDto, { seed: simulation.seed % 0xffff_ffff })),
  );

/** Each month: hours go to the training system, an auditor looks. */
export const monthlyOffice = async (simulation: Simulation): Promise<void> => {
  const { hr, auditor } = simulation.staff;
  const hours = dto(RecordAccessDto, {
    subject: 'training-hours',
    purpose: 'hours-export',
    route: 'GET /networks/{networkId}/training-hours',
    motive: 'Transmission mensuelle des heures de formation.',
  });
  await simulation.give(hr, (envelope) => new RecordAccess(envelope, hours));
  const [exchange] = [...simulation.world.exchanges.values()].filter(({ status }) => status === 'closed').slice(-1);
  if (exchange) {
    const look = dto(RecordAccessDto, {
      subject: `exchange-${exchange.exchangeId}`,
      purpose: 'audit',
      route: 'POST /networks/{networkId}/exchanges/{exchangeId}/replay',
      motive: 'Contrôle mensuel par sondage.',
    });
    await simulation.give(auditor, (envelope) => new RecordAccess(envelope, look));
  }
};

export const operate = (simulation: Simulation): Promise<boolean> => {
  const fields = dto(RecordOperationDto, { action: 'compare', target: 'directory', reason: 'Contrôle après une mise à jour.' });
  return simulation.give(simulation.staff.operator, (envelope) => new RecordOperation(envelope, fields));
};
