import type { ReportColumn, ReportView } from '#read-store/reporting-views/report-views';

const network: ReportColumn = { name: 'network_id', type: 'text', says: 'Id of the network: each has its own rows (R23).' };
const count = (name: string, says: string): ReportColumn => ({ name, type: 'bigint', says });

const NOW = `to_char(now() at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`;

/** R15: hours are published by whole months; a day later than in UTC, a month is over in every time zone. */
const LAST_MONTH_OVER = `to_char((now() - interval '1 day') at time zone 'UTC', 'YYYY-MM')`;

/** What waits on the way from a proposal to an exchange held. Evaluations, disputes and incidents are left out: R15, and few. */
const ON_THE_WAY = [
  'confirm-entry',
  'answer-match',
  'plan-connection',
  'connection-overdue',
  'hold-connection',
  'outcome-overdue',
  'record-agreement',
  'confirm-agreement',
  'report-session',
  'report-overdue',
  'confirm-held',
  'settle-held',
];

const trainingHours: ReportView = {
  name: 'training_hours_by_month',
  of: 'training-hours',
  says: 'Minutes of training by network and month, once it is over (R15), as recorded (R20): corrections included. No person, no topic.',
  columns: [
    network,
    { name: 'month', type: 'text', says: 'Month of the sessions, as 2026-03.' },
    count('learner_minutes', 'Minutes of learners.'),
    count('giver_minutes', 'Minutes of givers.'),
    count('minutes_outside_hours', 'Of both, minutes outside working hours.'),
  ],
  queries: {
    2: (table) => `
      select network_id, substr(date, 1, 7) as month,
        coalesce(sum(minutes) filter (where role = 'learner'), 0) as learner_minutes,
        coalesce(sum(minutes) filter (where role = 'giver'), 0) as giver_minutes,
        sum(minutes_outside) as minutes_outside_hours
      from ${table} where kind = 'hours' and substr(date, 1, 7) < ${LAST_MONTH_OVER} group by 1, 2`,
  },
};

const matchQueue: ReportView = {
  name: 'match_queue_by_reason',
  of: 'match-queue',
  says: 'What waits now on the way from entry and proposal to an exchange held, by network, kind and reason; for whom it waits is not told.',
  columns: [
    network,
    { name: 'kind', type: 'text', says: 'What waits: a match, an exchange, an entry.' },
    { name: 'reason', type: 'text', says: 'What it waits for, as in the match queue: answer-match, plan-connection, ….' },
    count('waiting', 'How many wait now.'),
    count('overdue', 'Of these, how many are past the end of their window.'),
    { name: 'oldest_since', type: 'text', says: 'Since when the one that waits longest does: an instant in UTC.' },
  ],
  queries: {
    5: (table) => `
      select q.network_id, q.kind, w.wait ->> 'why' as reason, count(*) as waiting,
        count(*) filter (where w.wait ->> 'until' < ${NOW}) as overdue, min(w.wait ->> 'since') as oldest_since
      from ${table} q, jsonb_array_elements(q.row::jsonb -> 'waits') as w(wait)
      where w.wait ->> 'from' <= ${NOW} and w.wait ->> 'why' in (${ON_THE_WAY.map((why) => `'${why}'`).join(', ')})
      group by 1, 2, 3`,
  },
};

const directory: ReportView = {
  name: 'directory_by_topic',
  of: 'directory',
  says: 'Offers and requests that the directory lists now, by network and topic. No wording, no author.',
  columns: [
    network,
    {
      name: 'topic_uri',
      type: 'text',
      says: 'URI of the topic; null for what has none. A topic told in free text has none, and is not told.',
    },
    count('offers', 'Offers listed.'),
    count('requests', 'Requests listed, those held by a match included.'),
    count('requests_matched', 'Of the requests, those held by a match.'),
  ],
  queries: {
    3: (table) => `
      select e.network_id, e.topic_uri, count(*) filter (where e.kind = 'offer') as offers,
        count(*) filter (where e.kind = 'request') as requests,
        count(*) filter (where e.kind = 'request' and (e.row::jsonb ->> 'matched')::boolean) as requests_matched
      from ${table} e join ${table} a on a.key = 'member/' || e.member_id
      where e.listed and e.kind <> 'member' and a.listed group by 1, 2`,
  },
};

const exchanges: ReportView = {
  name: 'exchanges_by_month',
  of: 'exchange-history',
  says: 'Exchanges by network and month of their agreement, and what became of them so far. Nothing of evaluations, not even whether they are in (R15).',
  columns: [
    network,
    { name: 'month', type: 'text', says: 'Month of the agreement, in UTC, as 2026-03.' },
    count('agreed', 'Agreed in this month.'),
    count('running', 'Of these, neither held nor ended yet.'),
    count('held', 'Of these, held, closed since or not.'),
    count('ended_unheld', 'Of these, cancelled, interrupted or closed without having been held.'),
  ],
  queries: {
    4: (table) => `
      select network_id, substr(agreed_at, 1, 7) as month, count(*) as agreed,
        count(*) filter (where not held and status in ('agreed', 'in-progress')) as running,
        count(*) filter (where held) as held,
        count(*) filter (where not held and status not in ('agreed', 'in-progress')) as ended_unheld
      from (select network_id, agreed_at, status, row::jsonb ->> 'evaluateBy' is not null as held from ${table}) as e group by 1, 2`,
  },
};

/** What other programs may read of the database. A view's name and columns stay; a new version of its read model gets a query here. */
export const reportViews: readonly ReportView[] = [trainingHours, matchQueue, directory, exchanges];
