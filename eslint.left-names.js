/** Names of types that readers had to ask about, and the field's word for each: `npm run lint` says which to use. */
const LEFT = {
  SavoirsOrder: 'SavoirsCommand',
  Order: 'QueuedCommand, or the name of what is sorted',
  Orders: 'CommandQueue',
  LiveGroup: 'ConsumerSupervisor',
  Follower: 'SubscriptionRunner, or what it follows with',
  Transactions: 'BatchWriter',
  Driven: 'ManualRunner',
  Line: 'ModelVersions, or what it is a line of: RefusalText, HoursOfDay',
  Listed: 'ListedBuild, or what is listed',
  Besides: 'BackgroundTask',
  Bell: 'Signal',
  News: 'Signal',
  Wake: 'Signal',
  Told: 'Evidence, or what was said: ProgressReport, RandomFact',
  ToldOfRow: 'RowEvidence',
  Standpoint: 'Checkpoint of a consumer, ViewerRole of a person',
  Hands: 'FoldExecutor',
  Ahead: 'PipelinedConsumer',
  Yielding: 'RebuildThrottle',
  Keeper: 'BuildPromoter',
  Again: 'RetryResult',
  FoldsAgain: 'RetryPolicy, RetryParking',
  Looking: 'AccessRecorder',
  Underway: 'LongRunningJobs',
  Far: 'Progress',
  PastReading: 'AsOfQueries',
  Does: 'ApiCommand',
  Streams: 'ApiEventStream',
  TellsWhetherChanged: 'ApiConditionalGet',
  MayTakeLonger: 'ApiLongRunning',
  Voice: 'Contribution',
  Ballot: 'FigureContribution',
  Standing: 'ReadPosition; of a member MemberInNetwork, of an offer UncontestedStatus',
  Ready: 'PrepareWrite',
  Write: 'PendingWrite',
  Judgement: 'CommandPreview, RiskEvaluation',
  Place: 'what is there: ListenAddress, ServerHome, StreamAddress, LogMark',
};

/** Good words for what a file keeps to itself; an import says too little by them. */
const LEFT_WHEN_EXPORTED = {
  Asked: 'what is asked: FiguresAsked, a query',
  Named: 'what has the name: NamedRun',
  Kept: 'what is kept',
  Given: 'what is given: GivenCommand, CommandInput',
  Answer: 'whose answer: EvaluationFact, HttpAnswer',
  Step: 'a step of what: Transition, HistoryStep',
};

const DECLARATION = ':matches(TSTypeAliasDeclaration, TSInterfaceDeclaration, ClassDeclaration, TSEnumDeclaration)';
const banned = (names, before = '') =>
  Object.entries(names).map(([name, instead]) => ({
    selector: `${before}${DECLARATION}[id.name='${name}']`,
    message: `Not ${name}: ${instead}.`,
  }));

module.exports = [...banned(LEFT), ...banned(LEFT_WHEN_EXPORTED, 'ExportNamedDeclaration > ')];
