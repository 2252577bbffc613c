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
  {
    about: 'POST /networks/{networkId}/retention-runs',
    fact: 'body application/json : RecordRetentionDto',
    why: 'A run is carried out here: it is started, by the periods that were shown, and records itself.',
  },
  { about: 'schema Problem', fact: /^\.code: enum/, why: 'What is refused of retention has codes of its own: none went.' },
  { about: 'schema RecordRetentionDto', fact: /./, why: 'Nobody writes a run down by hand any more.' },
  {
    about: /^event (MatchProposed|ConnectionPlanned)$/,
    fact: /member key of/,
    why: 'Texts of a match lie under keys of its stream, so that retention ends them with the exchange.',
  },
  {
    about: /^event (NetworkOpened|PolicyChanged)$/,
    fact: /^Version/,
    why: 'A policy says how long texts and people who left are kept, and which gates rounds bend; an older one reads as 24 and 36 months, and the default gates.',
  },
  {
    about: 'event PersonalDataErased',
    fact: /^(Version|\| `ground`)/,
    why: 'A member who left long ago is erased by retention, a third ground.',
  },
  {
    about: 'event PersonalDataAccessed',
    fact: /^Version/,
    why: 'A look tells by which way somebody looked (§7); older ones read as null.',
  },
  {
    about: 'POST /networks/{networkId}/rounds',
    fact: /^200 application\/json : oneOf /,
    why: 'A dry run tells how far it is proven that no round is better.',
  },
  {
    about: 'event MatchingRoundCompleted',
    fact: /^Version/,
    why: 'A round tells how far it is proven that none is better; older ones read as null: they proved nothing.',
  },
  {
    about: 'event RetentionRun',
    fact: /^(Version|\| `ledgerId`)/,
    why: 'A run tells its id and what it ended; its stream is the network’s.',
  },
  {
    about: 'POST /networks/{networkId}/exchanges/{exchangeId}/replay',
    fact: /^200 application\/json \.(exchange: additionalProperties false, object|revision: integer)$/,
    why: 'A replay goes back to before the agreement: then there is no exchange yet, and both are null.',
  },
  { about: 'schema ReplayDto', fact: /^\.asOf\?:/, why: 'A place of the log does as well as a date.' },
  {
    about: /^sql keys\.(data_key|identity)$/,
    fact: /^column (wrapped|subject_hash) bytea/,
    why: 'Statistics are samples of what a column holds: keys and links to persons would outlive their erasure in them (R19).',
  },
  {
    about: /^GET \/networks\/\{networkId\}\/(risk\/(evidence|explanation)|cases\/\{caseId\}\/evidence)$/,
    fact: /^(roles network-lead auditor|200 application\/json \.(events|operands\[\]\.(ids|numbers))\b)/,
    why: 'An auditor’s look at whom a figure counts is recorded with a motive (§7): they ask by POST, and are told more than the lead.',
  },
  {
    about: 'event RequestsLeftUnmatched',
    fact: /^\| `requests\[\]\.reason`/,
    why: 'A round of rings leaves requests that are in none: one reason more, `in-no-ring`.',
  },
];
