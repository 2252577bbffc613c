import { RecordAccess, RecordAccessDto } from '#application/audit/record-access';
import { RecordOperation, RecordOperationDto } from '#application/audit/record-operation';
import { RecordRetention, RecordRetentionDto } from '#application/audit/record-retention';
import { RunMatchingRound, RunMatchingRoundDto } from '#application/round/run-matching-round';
import { atDays, dto, type Stage } from '../stage';

/** Each Monday: one run over what is open then (R18). */
export const runRound = (stage: Stage): Promise<boolean> =>
  stage.give(
    stage.staff.facilitator,
    (envelope) => new RunMatchingRound(envelope, dto(RunMatchingRoundDto, { seed: stage.seed % 0xffff_ffff })),
  );

/** Each month: hours go to the training system, an auditor looks, what is too old is judged. */
export const monthlyOffice = async (stage: Stage): Promise<void> => {
  const { hr, auditor, protection } = stage.staff;
  const hours = dto(RecordAccessDto, {
    subject: 'training-hours',
    purpose: 'hours-export',
    motive: 'Transmission mensuelle des heures de formation.',
  });
  await stage.give(hr, (envelope) => new RecordAccess(envelope, hours));
  const [exchange] = [...stage.book.exchanges.values()].filter(({ status }) => status === 'closed').slice(-1);
  if (exchange) {
    const look = dto(RecordAccessDto, {
      subject: `exchange-${exchange.exchangeId}`,
      purpose: 'audit',
      motive: 'Contrôle mensuel par sondage.',
    });
    await stage.give(auditor, (envelope) => new RecordAccess(envelope, look));
  }
  const retention = dto(RecordRetentionDto, { upTo: atDays(stage, -5 * 365), erased: 0 });
  await stage.give(protection, (envelope) => new RecordRetention(envelope, retention));
};

export const operate = (stage: Stage): Promise<boolean> => {
  const fields = dto(RecordOperationDto, { action: 'compare', target: 'directory', reason: 'Contrôle après une mise à jour.' });
  return stage.give(stage.staff.operator, (envelope) => new RecordOperation(envelope, fields));
};
