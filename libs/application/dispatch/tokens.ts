/** What Nest injects: each a port or a part made once, in `application.module`. */
export const DISPATCHER = Symbol('Dispatcher');
export const CLOCK = Symbol('Clock');
export const IDENTITY_REGISTER = Symbol('IdentityRegister');
export const NETWORK_FACTS = Symbol('NetworkFactsSource');
export const ROUND_EXPLAINER = Symbol('RoundExplainer');
export const ROUND_RUNNER = Symbol('RoundRunner');
export const RUNNING_ROUNDS = Symbol('RunningRounds');
export const PAIR_HISTORY = Symbol('PairHistory');
export const EXECUTE_ORDER = Symbol('ExecuteOrder');
export const APPLICATION_PORTS = Symbol('ApplicationPorts');
