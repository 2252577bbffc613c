import { standardOut } from '#testing/processes/long-run';
import { checks } from './checks';
import { runChecks } from './runner/command';

void runChecks(process.argv.slice(2), { checks, out: standardOut }).then((code) => process.exit(code));
