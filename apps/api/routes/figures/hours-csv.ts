import { csvText } from '#csv/csv-text';
import type { HoursLine } from '#projections/training-hours/training-hours.queries';

/** Of one file: 20,000 people's month, and more. */
export const MOST_LINES = 50_000;

export type NamedLine = HoursLine & { readonly employeeNumber: string | null; readonly name: string | null };

const COLUMNS = ['employee_number', 'name', 'member_id', 'date', 'role', 'minutes', 'minutes_outside', 'outside_hours', 'label'];

/** HR's lines as a file; its columns are a contract with training systems. */
export const hoursCsv = (lines: readonly NamedLine[]): string =>
  csvText(
    COLUMNS,
    lines.map(({ employeeNumber, name, memberId, date, role, minutes, minutesOutside, outsideHours, label }) => ({
      ...{ employee_number: employeeNumber, name, member_id: memberId, date, role, minutes },
      ...{ minutes_outside: minutesOutside, outside_hours: outsideHours, label },
    })),
  );
