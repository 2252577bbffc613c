import { reportViews } from '#projections/report-views';
import { REPORT_ROLE } from '#read-store/reporting-views/report-views';

/** The views and columns with their comments, as the database has them. */
export const reportingViews = (): string =>
  [
    '# Reporting views',
    '',
    `Generated from the comments of the views; do not edit. Who may read them, and how: [for a dashboard developer](guides/dashboard-developer.md#reporting-views-for-bi-tools). The role is \`${REPORT_ROLE}\`.`,
    ...reportViews.flatMap(({ name, says, columns }) => [
      '',
      `## report.${name}`,
      '',
      says,
      '',
      '| Column | Type | Meaning |',
      '| --- | --- | --- |',
      ...columns.map((column) => `| \`${column.name}\` | ${column.type} | ${column.says} |`),
    ]),
    '',
  ].join('\n');
