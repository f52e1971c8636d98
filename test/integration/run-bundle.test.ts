/** `millrace run` of the built product. */
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { FlowNode } from '../../runtime/bundle/index.ts';
import { ROOT_TYPE, signEnvelope } from '../../runtime/keys/index.ts';
import { EXIT_MEMORY } from '../../runtime/messages/index.ts';
import { bundleOf, FLOW, newKey, rootOf, sha512, signed, tgz } from '../support/bundles.ts';
import { until } from '../support/node-red.ts';
import { bundleFile, bundleFolder, run, scratch, shippedParts } from '../support/run-bundle.ts';

/** Of a test that waits for a process on a busy machine, ms. */
const PATIENCE = 60_000;

const TAB: FlowNode = { id: 'tab', type: 'tab', label: 'Flow' };
const once1s = { type: 'inject', z: 'tab', x: 1, y: 1, once: true, onceDelay: 0.1, props: [{ p: 'payload', v: 'x' }] };
const code = (id: string, func: string, rest = {}): FlowNode => ({
  ...{ id, type: 'function', z: 'tab', x: 1, y: 1, func, outputs: 1, wires: [[]], ...rest },
});
/** A flow that tells the log, by a warning, that it runs. */
const says = (what: string): FlowNode[] => [
  TAB,
  { id: 'begin', ...once1s, wires: [['say']] },
  code('say', `node.warn(${what})`),
];

describe('millrace run', () => {
  it('runs a signed bundle, and goes back to no older release', async () => {
    const [directory, userDir, key] = [await scratch(), await scratch(), newKey()];
    const root = join(directory, 'root.json');
    await writeFile(root, JSON.stringify(signEnvelope(ROOT_TYPE, Buffer.from(JSON.stringify(rootOf([key]))), [key])));
    const release = async (version: number, keys = [key]) => {
      const parts = { flow: says(`"release ${version}"`) };
      const stated = { version, expires: Date.now() + 1e9 };
      return await bundleFile(directory, parts, signed(bundleOf(parts), keys, stated));
    };
    const trusting = { userDir, trust: ['--root', root] };

    const second = await run(await release(2), trusting);
    await until(() => second.output().includes('release 2') || undefined, 'the flow speaks', PATIENCE);
    second.process.kill('SIGTERM');
    expect(await second.ended).toBe(0);
    expect(second.output()).toMatch(/Stopping; messages in flight are finished first[^]*Stopped\./);

    const older = await run(await release(1), trusting);
    expect(await older.ended).toBe(1);
    expect(older.output()).toContain('RELEASE_OLDER');
    const foreign = await run(await release(3, [newKey()]), trusting);
    expect(await foreign.ended).toBe(1);
    expect(foreign.output()).toContain('SIGNER_UNKNOWN');
    const third = await run(await release(3), trusting);
    await third.up();
    // What was unpacked before it is gone; nothing is left lying about.
    expect(await readdir(join(userDir, 'bundles'))).toHaveLength(2);
    third.process.kill('SIGTERM');
    await third.ended;
  });

  it('does not run as root unless it is told to, and one process a user directory', async () => {
    const directory = await scratch();
    const file = await bundleFile(directory, { flow: FLOW });
    if (process.getuid?.() === 0) {
      const refused = await run(file, { trust: ['--unsigned'], asRoot: false });
      expect(await refused.ended).toBe(1);
      expect(refused.output()).toContain('ROOT_REFUSED');
    }
    const first = await run(file);
    await first.up();
    const another = await run(file, { userDir: first.userDir });
    expect(await another.ended).toBe(1);
    expect(another.output()).toContain('USER_DIR_TAKEN');
  });

  it('keeps what can do anything to the device off, unless the bundle allows it; the rest runs', async () => {
    const directory = await scratch();
    const flow = [
      ...says('"on it goes"'),
      {
        id: 'shell',
        type: 'exec',
        z: 'tab',
        x: 1,
        y: 1,
        command: 'echo from-the-shell',
        addpay: '',
        wires: [['out'], [], []],
      },
      { id: 'also', ...once1s, wires: [['shell']] },
      { id: 'lost', type: 'no such type', z: 'tab', x: 1, y: 1, wires: [] },
      code('out', 'node.warn(msg.payload)'),
      code('loads', '', { initialize: 'node.warn(tool)', libs: [{ var: 'tool', module: 'tool' }] }),
    ];
    const closed = await run(await bundleFolder({ flow }), { supervised: true });
    const { missing, errors } = await closed.vitals(({ errors }) => errors > 0);
    expect({ missing, told: errors > 0 }).toEqual({ missing: ['no such type'], told: true });
    expect(closed.output()).toContain('NODE_TYPE_OFF: node "shell" is of type "exec"');
    await until(() => closed.output().includes('on it goes') || undefined, 'the rest runs', PATIENCE);
    expect(closed.output()).not.toContain('from-the-shell');
    expect(closed.output()).not.toContain('ENOENT');

    const needs = { ...bundleOf({ flow }).manifest.needs, allowed: ['exec', 'function-modules'] };
    const tool = tgz([
      { path: 'package.json', bytes: Buffer.from('{"name":"tool","version":"1.0.0"}') },
      { path: 'index.js', bytes: Buffer.from('module.exports = "from-the-package";') },
    ]);
    const stated = { name: 'tool', version: '1.0.0', tarball: 'packages/tool.tgz', path: 'node_modules/tool' };
    const packages = [{ ...stated, integrity: sha512(tool), native: false }];
    const files = { 'packages/tool.tgz': tool };
    const open = await run(await bundleFile(directory, { name: 'open', flow, files, manifest: { needs, packages } }));
    await until(() => open.output().includes('from-the-shell') || undefined, 'the shell speaks', PATIENCE);
    await until(() => open.output().includes('from-the-package') || undefined, 'the function speaks', PATIENCE);
  });

  it('asks for every setting that is missing at once; then a secret reaches its node and nothing else', async () => {
    let shown: string | undefined;
    const server = createServer((request, response) => {
      shown = request.headers.authorization;
      response.end('fine');
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    onTestFinished(() => void server.close());
    const flow = [
      ...says('[env.get("WHERE"), env.get("DOOR_USER"), env.get("DOOR_PASSWORD")].join("|")'),
      {
        id: 'door',
        type: 'http request',
        z: 'tab',
        x: 1,
        y: 1,
        method: 'GET',
        url: '${WHERE}',
        authType: 'basic',
        wires: [[]],
      },
      { id: 'also', ...once1s, wires: [['door']] },
    ];
    const settings = [
      { name: 'WHERE', secret: false, use: 'address of the node "door"' },
      ...['user', 'password'].map((field) => ({
        ...{ name: `DOOR_${field.toUpperCase()}`, secret: true, use: `${field} of the node "door"` },
        credential: { node: 'door', field },
      })),
    ];
    const file = await bundleFile(await scratch(), { flow, manifest: { settings } });
    const without = await run(file);
    expect(await without.ended).toBe(1);
    expect(without.output()).toMatch(/BUNDLE_SETTINGS_MISSING: 3 settings[^]*WHERE[^]*DOOR_USER[^]*DOOR_PASSWORD/);

    const where = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
    await writeFile(join(without.userDir, 'settings.env'), `WHERE=${where}\nDOOR_USER=miller\n`, { mode: 0o600 });
    const set = await run(file, { userDir: without.userDir, env: { DOOR_PASSWORD: 'sesame' } });
    await until(() => shown, 'the request', PATIENCE);
    expect(shown).toBe(`Basic ${Buffer.from('miller:sesame').toString('base64')}`);
    await until(() => set.output().includes(`${where}||`) || undefined, 'what a function sees', PATIENCE);
    expect(set.output()).not.toContain('sesame');
  });

  it('listens for what the flow serves, and shows its metrics to who has the token', async () => {
    const flow = [
      TAB,
      { id: 'in', type: 'http in', z: 'tab', x: 1, y: 1, url: '/hello', method: 'get', wires: [['out']] },
      { id: 'out', type: 'http response', z: 'tab', x: 1, y: 1, wires: [] },
    ];
    const directory = await scratch();
    const serving = await run(await bundleFile(directory, { flow }), { args: ['--port', '0'] });
    await serving.up();
    const url = await until(() => /http:\/\/127\.0\.0\.1:\d+\//.exec(serving.output())?.[0], 'the address', PATIENCE);
    expect((await fetch(`${url}hello`)).status).toBe(200);
    expect((await fetch(`${url}flows`)).status).toBe(404);
    expect((await fetch(`${url}metrics`)).status).toBe(401);
    const token = (await readFile(join(serving.userDir, 'keys', 'metrics-token'), 'utf8')).trim();
    const scraped = await fetch(`${url}metrics`, { headers: { authorization: `Bearer ${token}` } });
    expect(await scraped.text()).toContain('millrace_');

    const silent = await run(await bundleFile(directory, { name: 'silent', flow: says('"runs"') }));
    await silent.up();
    expect(silent.output()).not.toContain('http://');
  });

  it('predicts with the model that the bundle pins, checks its vectors, and writes nothing into its folder', async () => {
    const folder = await bundleFolder(await shippedParts('pump'));
    const before = await readdir(folder, { recursive: true });
    const pump = await run(folder, { supervised: true, env: { MILLRACE_LIMIT_OUTBOX_MESSAGES: '1000' } });
    const vitals = await pump.vitals(({ predictions, vectors }) => predictions > 0 && vectors.checked > 0);
    expect(vitals).toMatchObject({
      vectors: { checked: 1, failed: [], slowestMs: expect.any(Number) as number },
      missing: [],
    });
    expect(vitals.rss).toBeGreaterThan(vitals.heap);
    pump.process.send({ type: 'metrics', id: 7 });
    const answer = await until(() => pump.messages.find(({ type }) => type === 'metrics'), 'the metrics', PATIENCE);
    expect(answer).toMatchObject({ id: 7, text: expect.stringContaining('millrace_predictions_total') as string });
    // The supervisor is gone: so is what it started.
    pump.process.disconnect();
    expect(await pump.ended).toBe(0);
    expect(await readdir(folder, { recursive: true })).toEqual(before);
  });

  it('says why it ends at its memory ceiling, and ends with a code of its own', async () => {
    const leak = 'const held = context.get("h") || []; held.push(Buffer.alloc(2e7, 1)); context.set("h", held);';
    const flow = [TAB, { ...once1s, id: 'tick', repeat: '0.1', wires: [['leak']] }, code('leak', leak)];
    const folder = await bundleFolder({ flow });
    const leaking = await run(folder, { supervised: true, args: ['--max-memory', '400'] });
    expect(await leaking.ended).toBe(EXIT_MEMORY);
    expect(leaking.output()).toContain('MEMORY_HIGH');
    const ending = leaking.messages.find(({ type }) => type === 'ending');
    expect(ending).toMatchObject({ code: 'MEMORY_CEILING' });
  });

  it('tells its supervisor what kept it from starting', async () => {
    const directory = join(await scratch(), 'nothing');
    await mkdir(directory);
    const failed = await run(directory, { supervised: true });
    expect(await failed.ended).toBe(1);
    expect(failed.messages.at(-1)).toMatchObject({ type: 'ending', code: expect.stringMatching(/^BUNDLE_/) as string });

    const folder = await bundleFolder({});
    const endings = { BUNDLE_ALTERED: ['f'.repeat(64)], ROOT_UNKNOWN: [] };
    const each = Object.entries(endings).map(async ([code, supervised]) => {
      const refused = await run(folder, { supervised });
      await refused.ended;
      expect(refused.messages.at(-1)).toMatchObject({ type: 'ending', code });
    });
    await Promise.all(each);
  });
});
