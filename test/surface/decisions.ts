/** A fact of the baseline that no longer holds, and why that was decided. */
export interface Decision {
  readonly about: string | RegExp;
  readonly fact: string | RegExp;
  readonly why: string;
}

/** Since the baseline. What is new, and takes nothing away, is not listed. */
export const decisions: readonly Decision[] = [
  {
    about: 'setting `SAVOIRS_PROJECTION_THREADS`',
    fact: /^default/,
    why: 'Folding in worker threads is gone: it was off by default, and slower where it was measured.',
  },
  {
    about: /^(GET|POST|PUT|PATCH|DELETE) /,
    fact: /^operation (Following|Oversight|Ledgers|People|Network|Operations|Certificates|Exchanges|Figures|Hours|Directory|OwnData|Rounds|Feeds|Health)\.\w+$/,
    why: 'Operation ids are their controllers’ names, one controller for each aggregate and read model, as client generators make classes of them.',
  },
  {
    about: /^(GET|POST) /,
    fact: /^200 application\/json \.standing(\.\w+)?:/,
    why: 'Where an answer stands is its `readPosition`.',
  },
  {
    about: /^(GET|POST) /,
    fact: /^200 application\/json \.(entries|offers|requests)\[\]\.standing:/,
    why: 'What an entry is beside a contest is its `uncontestedState`.',
  },
  {
    about: /^(GET|POST) /,
    fact: /^200 application\/json \.(match|meetings\[\]|matches\[\])\.toldTo:/,
    why: 'Who has a match on their page is in `visibleTo`.',
  },
  {
    about: 'GET /networks/{networkId}/cases/{caseId}/evidence',
    fact: /^200 application\/json \.judgedAt:/,
    why: 'The midnight at which a risk was evaluated is `evaluatedAt`.',
  },
  { about: 'schema SwitchDto', fact: /^\.insist\?:/, why: 'A switch against the comparison is forced: `force`, as on the command line.' },
  {
    about: 'metric savoirs_process_orders_rejected_total',
    fact: 'is told',
    why: 'What processes send are commands: `savoirs_process_commands_rejected_total`.',
  },
  {
    about: /^(GET|POST|PUT|PATCH|DELETE) /,
    fact: 'security [{"bearer":[]}]',
    why: 'The cookie of who signed in with a browser does as well as a bearer token.',
  },
  {
    about: /^GET .*\/(directory|topics)$/,
    fact: 'header accept-language: string',
    why: 'Described twice, once as required: it is one header, and optional.',
  },
  {
    about: 'schema ThresholdsDto',
    fact: /^\.participationRatio\?: maximum 100/,
    why: 'The rules take a share: more was refused further in.',
  },
];
