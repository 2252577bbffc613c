import type { Schema } from '../checked-schemas';
import {
  day,
  eventLine,
  exchangeRole,
  figure,
  id,
  list,
  next,
  one,
  orNull,
  shape,
  readPosition,
  text,
  time,
  topicLabel,
  described,
  whole,
  yesNo,
} from './shapes';

export const risk = shape({
  indicator: text,
  cell: described(orNull(text), '`site:CODE` or `unit:CODE`; null for the network'),
  unit: one('share', 'ratio', 'days', 'per-100', 'number'),
  value: orNull(figure),
  numerator: orNull(figure),
  denominator: orNull(figure),
  n: orNull(whole),
  threshold: orNull(figure),
  alert: yesNo,
  hidden: described(yesNo, 'Too few persons to be shown (R15)'),
});

const satisfaction = shape({
  indicator: text,
  cell: described(text, '`network`, `site:CODE`, `unit:CODE`, `topic:URI`, `role:giver`'),
  hidden: described(yesNo, 'Too few persons to be shown (R15): nothing else is shown then'),
  'movedAt?': time,
  'value?': orNull(figure),
  'numerator?': orNull(figure),
  'denominator?': orNull(figure),
  'n?': whole,
  'responseRate?': orNull(figure),
  'interval?': described(orNull(shape({ low: figure, high: figure })), 'Wilson, 95 %'),
});

/** To whom evidence is ids, and to whom it is opened. */
export const evidenceFields = { eventIds: list(id), next };
export const openedFields = {
  ...evidenceFields,
  events: described(list(shape(eventLine)), 'What they are, and in whose history they lie'),
};

const explanationFields = {
  readPosition,
  asOf: time,
  rules: described(list(text), 'Section and rules of the domain'),
  formula: text,
};
const ofCell = (shown: Schema): Schema => described(orNull(shown), 'Null where the network has no such cell');
const operandFields = {
  name: one('numerator', 'denominator', 'numbers'),
  value: described(orNull(figure), 'Null for numbers, of which a median, percentile or coefficient is taken'),
  of: described(one('members', 'exchanges', 'offers', 'requests', 'topics', 'sessions', 'matches', 'events'), 'What it counts'),
};
const openedOperand = {
  ...operandFields,
  numbers: described(list(figure), 'Smallest first'),
  ids: described(list(text), 'Which of them, by opaque id'),
};
const counted = shape({
  persons: described(list(id), 'Who answered, gave, learnt or disputed, by opaque id: not what anybody said (R15)'),
  due: described(whole, 'Evaluations or follow-ups that were due'),
  answered: whole,
});

const hours = { date: day, role: exchangeRole, minutes: whole, minutesOutside: whole, outsideHours: yesNo };
const month = shape({ month: text, learnerMinutes: whole, giverMinutes: whole, minutesOutside: whole });

/** Answers in figures and hours. */
export const figures: Readonly<Record<string, Schema>> = {
  'Risk.read': shape({ readPosition, asOf: time, figures: list(risk) }),
  'Risk.trend': shape({ readPosition, months: list(shape({ asOf: time, figures: list(risk) })) }),
  'Risk.topics': shape({
    readPosition,
    asOf: time,
    topics: list(
      shape({
        uri: text,
        label: described(orNull(topicLabel), 'Null where the taxonomy has it no more'),
        openRequests: whole,
        waiting: described(whole, 'Of these, open for more than 60 days'),
        activeGivers: whole,
      }),
    ),
  }),
  'Risk.evidence': shape(evidenceFields),
  'Risk.openEvidence': shape(openedFields),
  'Risk.explanation': shape({ ...explanationFields, figure: ofCell(risk), operands: list(shape(operandFields)), ...evidenceFields }),
  'Risk.openExplanation': shape({ ...explanationFields, figure: ofCell(risk), operands: list(shape(openedOperand)), ...openedFields }),
  'Satisfaction.read': shape({
    readPosition,
    asOf: time,
    dimension: text,
    figures: list(satisfaction),
    topics: described(list(topicLabel), 'By topic: what those of the cells are called'),
  }),
  'Satisfaction.evidence': shape(openedFields),
  'Satisfaction.explanation': shape({
    ...explanationFields,
    figure: ofCell(satisfaction),
    counted: described(orNull(counted), 'Null where it is hidden (R15)'),
    ...openedFields,
  }),
  'TrainingHours.export': shape({
    readPosition,
    lines: list(
      shape({
        employeeNumber: described(orNull(text), 'Null where they gave none, or their data is erased'),
        name: described(orNull(text), 'Null where their data is erased'),
        memberId: described(id, 'Tells two of one name apart'),
        ...hours,
        label: text,
      }),
    ),
    next,
  }),
  'TrainingHours.months': shape({ readPosition, months: list(month) }),
  'TrainingHours.mine': shape({
    readPosition,
    year: whole,
    label: text,
    months: list(month),
    lines: described(list(shape({ ...hours, exchangeId: id, sessionId: id })), 'One a session and role, corrections included'),
    outside: shape({
      minutes: whole,
      warnedAt: described(list(figure), 'Hours outside working time at which one is warned (R20)'),
      reached: described(list(figure), 'Of these, those reached in the year'),
    }),
  }),
};
