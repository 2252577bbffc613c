import { appendBench } from './append.bench';
import { auditBench } from './audit.bench';
import type { Bench } from './runner/bench';
import { catchUpBench } from './catch-up.bench';
import { eventStoreDbBench } from './eventstoredb.bench';
import { httpBench } from './http.bench';
import { matchingBench } from './matching.bench';
import { rebuildBench } from './rebuild.bench';
import { rebuildGrowthBench } from './rebuild-growth.bench';
import { satisfactionBench } from './satisfaction.bench';
import { searchBench } from './search.bench';
import { startsBench } from './starts.bench';
import { webBench } from './web.bench';

/** Every bench there is: a new one is a file and a line here. */
export const benches: readonly Bench[] = [
  appendBench,
  auditBench,
  catchUpBench,
  eventStoreDbBench,
  httpBench,
  matchingBench,
  rebuildBench,
  rebuildGrowthBench,
  satisfactionBench,
  searchBench,
  startsBench,
  webBench,
];
