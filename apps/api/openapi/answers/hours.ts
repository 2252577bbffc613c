import type { Schema } from '../checked-schemas';
import { day, exchangeRole, figure, id, list, next, orNull, shape, standing, text, told, whole, yesNo } from './shapes';

const counted = { date: day, role: exchangeRole, minutes: whole, minutesOutside: whole, outsideHours: yesNo };
const month = shape({ month: text, learnerMinutes: whole, giverMinutes: whole, minutesOutside: whole });

/** Answers about hours. */
export const hours: Readonly<Record<string, Schema>> = {
  'Hours.export': shape({
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
  'Hours.months': shape({ standing, months: list(month) }),
  'Hours.mine': shape({
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
