import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { validate } from 'dockerfile-utils';
import { parse } from 'yaml';
import { createMetrics } from '#apps/telemetry/metrics';

const root = join(__dirname, '../..');
const read = (path: string): string => readFileSync(join(root, path), 'utf8');

interface Service {
  readonly image: string;
  readonly command?: readonly string[];
  readonly environment?: Record<string, string | number>;
}
const servicesOf = (file: string) => {
  const text = read(`docker/${file}`);
  const { services } = parse(text, { merge: true }) as { services: Record<string, Service> };
  return { text, services: Object.entries(services) };
};

describe('the image', () => {
  const dockerfile = read('docker/Dockerfile');

  it('has a Dockerfile that a linter finds nothing in', () => {
    expect(validate(dockerfile)).toEqual([]);
    expect(validate('FROM node\nCMD one\nCMD two\nCOPI . .')).not.toEqual([]);
  });

  it('runs the API as nobody special, on files that are there', () => {
    expect(dockerfile).toMatch(/^USER node$/m);
    const [, command] = /^CMD (.+)$/m.exec(dockerfile)!;
    const [, file] = JSON.parse(command!) as string[];
    expect(existsSync(join(root, file!))).toBe(true);
    expect(dockerfile).toMatch(/^COPY docs\/domain.md docs\/domain.md$/m);
    expect(dockerfile).toMatch(/^HEALTHCHECK .* CMD \["node", "docker\/healthcheck.js"\]$/m);
  });

  it.each([
    ['PORT', 200, 0],
    ['PORT', 503, 1],
    ['SAVOIRS_PROJECTOR_PORT', 200, 0],
    ['SAVOIRS_PROJECTOR_PORT', 503, 1],
  ])('is well where the program on %s is ready (%d: code %d)', async (variable, status, code) => {
    const asked: (string | undefined)[] = [];
    const program = createServer(({ url }, response) => {
      asked.push(url);
      response.writeHead(status).end();
    }).listen(0, '127.0.0.1');
    await once(program, 'listening');
    const port = String((program.address() as AddressInfo).port);
    const check = spawn(process.execPath, [join(root, 'docker/healthcheck.js')], { env: { PORT: '1', [variable]: port } });
    expect(await once(check, 'exit')).toEqual([code, null]);
    expect(asked).toEqual(['/health/ready']);
    program.close();
  });

  it('is not well where nothing answers', async () => {
    const check = spawn(process.execPath, [join(root, 'docker/healthcheck.js')], { env: { PORT: '1' } });
    expect(await once(check, 'exit')).toEqual([1, null]);
  });
});

describe.each(['compose.one.yaml', 'compose.cluster.yaml'])('%s', (file) => {
  const { text, services } = servicesOf(file);
  const ours = services.filter(([, { image }]) => image === 'savoirs');

  it('asks for no variable that env.example does not name', () => {
    const asked = [...text.matchAll(/\$\{([A-Z_]+)/g)].map(([, name]) => name);
    const named = new Set([...read('docker/env.example').matchAll(/^([A-Z_]+)=/gm)].map(([, name]) => name));
    expect(asked.length).toBeGreaterThan(0);
    expect(asked.filter((name) => !named.has(name))).toEqual([]);
  });

  it('gives Savoirs settings that it knows, and programs that it has', () => {
    const known = read('docs/settings.md');
    expect(ours.length).toBeGreaterThan(0);
    for (const [, { environment = {}, command }] of ours) {
      expect(Object.keys(environment).filter((name) => !known.includes(`\`${name}\``))).toEqual([]);
      if (command) expect(existsSync(join(root, command[1]!))).toBe(true);
    }
  });

  it("names a version of each of the others' images", () => {
    const others = services.filter(([, { image }]) => !image.startsWith('savoirs'));
    expect(others.filter(([, { image }]) => !/:v?\d+\.\d+/.test(image))).toEqual([]);
  });
});

describe('what watches the cluster', () => {
  const { services } = servicesOf('compose.cluster.yaml');

  it('scrapes each API and each projector where they listen', () => {
    const { scrape_configs: jobs } = parse(read('docker/prometheus.yml')) as {
      scrape_configs: { static_configs: { targets: string[] }[] }[];
    };
    const targets = jobs.flatMap(({ static_configs }) => static_configs.flatMap((one) => one.targets));
    const programs = services.filter(([name]) => /^(api|projector)\d$/.test(name));
    expect(targets).toEqual(
      expect.arrayContaining(programs.map(([name, { environment = {} }]) => `${name}:${environment['SAVOIRS_PROJECTOR_PORT'] ?? 3000}`)),
    );
    expect(targets).toHaveLength(programs.length);
  });

  it('shows metrics that there are', async () => {
    const subscriptions = { now: () => [], totals: () => ({ drops: 0, stopped: 0 }) };
    const { registry } = createMetrics(() => null, subscriptions as never);
    const there = new Set((await registry.getMetricsAsJSON()).map(({ name }) => name));
    const { panels } = JSON.parse(read('docker/grafana/dashboards/savoirs.json')) as { panels: { targets: { expr: string }[] }[] };
    const shown = panels.flatMap(({ targets }) => targets.flatMap(({ expr }) => expr.match(/\b(savoirs|process|nodejs)_\w+/g) ?? []));
    expect(new Set(shown).size).toBeGreaterThan(5);
    expect(shown.filter((name) => !there.has(name.replace(/_(bucket|count|sum)$/, '')))).toEqual([]);
  });
});
