import type { Schema } from '../checked-schemas';
import { day, exchangeRole, figure, id, list, next, one, orNull, shape, standing, text, time, told, whole, yesNo } from './shapes';

export const risk = shape({
  indicator: text,
  cell: told(orNull(text), '`site:CODE` or `unit:CODE`; null for the network'),
  unit: one('share', 'ratio', 'days', 'per-100', 'number'),
  value: orNull(figure),
  numerator: orNull(figure),
  denominator: orNull(figure),
  n: orNull(whole),
  threshold: orNull(figure),
  alert: yesNo,
  hidden: told(yesNo, 'Too few persons to be shown (R15)'),
});

const satisfaction = shape({
  indicator: text,
  cell: told(text, '`network`, `site:CODE`, `unit:CODE`, `topic:URI`, `role:giver`'),
  hidden: told(yesNo, 'Too few persons to be shown (R15): nothing else is told then'),
  'movedAt?': time,
  'value?': orNull(figure),
  'numerator?': orNull(figure),
  'denominator?': orNull(figure),
  'n?': whole,
  'responseRate?': orNull(figure),
  'interval?': told(orNull(shape({ low: figure, high: figure })), 'Wilson, 95 %'),
});

const evidence = shape({ eventIds: list(id), next });

const counted = { date: day, role: exchangeRole, minutes: whole, minutesOutside: whole, outsideHours: yesNo };
const month = shape({ month: text, learnerMinutes: whole, giverMinutes: whole, minutesOutside: whole });

/** Answers in figures and hours. */
export const figures: Readonly<Record<string, Schema>> = {
  'Risk.read': shape({ standing, asOf: time, figures: list(risk) }),
  'Risk.evidence': evidence,
  'Satisfaction.read': shape({ standing, asOf: time, dimension: text, figures: list(satisfaction) }),
  'Satisfaction.evidence': evidence,
  'TrainingHours.export': shape({
    standing,
    lines: list(
      shape({
        employeeNumber: told(orNull(text), 'Null where they gave none, or their data is erased'),
        name: told(orNull(text), 'Null where their data is erased'),
        memberId: told(id, 'Tells two of one name apart'),
        ...counted,
        label: text,
      }),
    ),
    next,
  }),
  'TrainingHours.months': shape({ standing, months: list(month) }),
  'TrainingHours.mine': shape({
    standing,
    year: whole,
    label: text,
    months: list(month),
    lines: told(list(shape({ ...counted, exchangeId: id, sessionId: id })), 'One a session and role, corrections included'),
    outside: shape({
      minutes: whole,
      warnedAt: told(list(figure), 'Hours outside working time at which one is warned (R20)'),
      reached: told(list(figure), 'Of these, those reached in the year'),
    }),
  }),
};
