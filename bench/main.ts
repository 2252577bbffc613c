import { standardOut } from '#testing/processes/long-run';
import { benches } from './benches';
import { runBenches } from './runner/command';

void runBenches(process.argv.slice(2), { benches, out: standardOut }).then((code) => void (process.exitCode = code));
