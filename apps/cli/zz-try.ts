import { readSettings } from '#apps/installation/settings';
import { playDemoOn } from '#apps/cli/demo/demo.module';
const [members, months, seed, dir] = process.argv.slice(2);
let last = 0;
playDemoOn(
  readSettings({ SAVOIRS_DATA: dir! }),
  { members: Number(members), months: Number(months), seed: Number(seed), until: '2026-11-01T00:00:00.000Z' as never },
  (p) => {
    if (Date.now() - last > 2000) {
      last = Date.now();
      process.stderr.write(`${p.at} ${p.events}\n`);
    }
  },
).then(
  (s) => console.log(JSON.stringify({ ...s, identities: s.identities.length }, null, 1)),
  (e) => {
    console.error(e);
    process.exit(1);
  },
);
