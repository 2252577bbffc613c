import { csvText } from '#csv/csv-text';
import { STEP_COLUMNS, stepRow } from './rows';
import type { HistoryStep } from './steps';

export const stepsCsv = (steps: readonly HistoryStep[]): string => csvText(STEP_COLUMNS, steps.map(stepRow));
