import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { func, inject, node, run, tab } from './run.ts';

describe('a node that a test plays', () => {
  it('is silent, and sends what was recorded when it was recorded', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'millrace-recording-'));
    onTestFinished(() => rm(folder, { recursive: true, force: true }));
    const file = join(folder, 'two.jsonl');
    const lines = [
      { millrace: 'recording', format: 1 },
      { at: 0, message: { payload: 1, time: 5_000_000 } },
      { at: 1500, message: { payload: 2, time: 5_001_500 } },
    ];
    await writeFile(file, lines.map((line) => `${JSON.stringify(line)}\n`).join(''));
    const flow = [
      tab,
      inject('source', ['work'], { repeat: '1', once: true }),
      func('work', 'return { payload: msg.payload * 10, at: Date.now(), time: msg.time };'),
      func('other', 'return msg;'),
    ];
    const start = Date.parse('2026-01-01T00:00:01Z');
    const { failed, errors, virtualMs } = await run(
      flow,
      {
        play: [
          { node: 'source', recording: 'two.jsonl', at: '1 s' },
          {
            node: 'other',
            messages: [
              { at: '2 s', message: { payload: 'b' } },
              { at: '1 s', message: { payload: 'a' } },
            ],
          },
        ],
        expect: [
          { node: 'work', expect: 'count', is: 2 },
          { node: 'work', is: 10, bySample: 1 },
          { node: 'work', property: 'at', expect: 'last', is: start + 1500 },
          { node: 'work', property: 'time', expect: 'last', is: start + 1500 },
          { node: 'other', is: 'a', within: '1 s' },
          { node: 'other', expect: 'last', is: 'b' },
        ],
      },
      { 'two.jsonl': file },
    );
    expect({ failed, errors }).toEqual({ failed: [], errors: [] });
    // Five seconds after the last message.
    expect(virtualMs).toBe(7500);
  }, 60_000);
});

describe('a node that reaches a network, a file or a program', () => {
  it('only notes what it is given', async () => {
    let connections = 0;
    const server = createServer(() => connections++);
    await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
    onTestFinished(() => void server.close());
    const { port } = server.address() as { port: number };
    const written = join(tmpdir(), `millrace-never-written-${process.pid}`);
    const types = ['mqtt out', 'http request', 'tcp out', 'udp out', 'websocket out', 'file', 'exec', 'http response'];
    const ids = types.map((type) => type.replace(' ', '-'));
    const flow = [
      tab,
      inject('go', ids),
      { id: 'broker', type: 'mqtt-broker', broker: '127.0.0.1', port: String(port), autoConnect: true },
      node('mqtt in', 'arrives', ['seen'], { topic: '#', broker: 'broker', qos: '0', datatype: 'auto', inputs: 0 }),
      func('seen', 'return msg;'),
      ...types.map((type, index) =>
        node(type, ids[index] ?? '', [], {
          ...{
            broker: 'broker',
            url: `http://127.0.0.1:${port}/`,
            method: 'GET',
            host: '127.0.0.1',
            port: String(port),
          },
          ...{ beserver: 'client', topic: 't', filename: written, filenameType: 'str', command: `touch ${written}` },
        }),
      ),
      func('after', 'return msg;'),
    ];
    const { failed, errors } = await run(flow, {
      give: [{ node: 'go', at: '1 s', message: { payload: 'x' } }],
      play: [{ node: 'arrives', messages: [{ at: '3 s', message: { payload: 'from the cloud' } }] }],
      expect: [
        ...ids.map((id) => ({ node: id, input: true, expect: 'count', is: 1 })),
        { node: 'http-request', expect: 'nothing' },
        { node: 'seen', is: 'from the cloud' },
      ],
    });
    expect({ failed, errors }).toEqual({ failed: [], errors: [] });
    expect(connections).toBe(0);
    await expect(rm(written)).rejects.toThrow('ENOENT');
  }, 60_000);
});

const subflow = [
  {
    id: 'sf',
    type: 'subflow',
    name: 'Half',
    in: [{ x: 1, y: 1, wires: [{ id: 'inner' }] }],
    out: [{ x: 1, y: 1, wires: [{ id: 'inner', port: 0 }] }],
  },
  {
    ...func('inner', 'node.status({ text: "at work" }); return { payload: msg.payload / 2 };'),
    z: 'sf',
    name: 'halve',
  },
];
const instance = (id: string, to: readonly string[]) => node('subflow:sf', id, to, { name: id });

describe('a subflow', () => {
  it('and the nodes in it can be named, by instance', async () => {
    const flow = [tab, ...subflow, instance('A', ['B']), instance('B', ['end']), func('end', 'return msg;')];
    const { failed, errors } = await run(flow, {
      give: [{ node: 'A', message: { payload: 8 } }],
      expect: [
        { node: 'A', is: 4 },
        { node: 'B', is: 2 },
        { node: 'A/halve', is: 4 },
        { node: 'B/inner', is: 2 },
        { node: 'B/halve', expect: 'status', is: 'at work' },
        { node: 'B', input: true, is: 4 },
        { node: 'end', is: 2 },
      ],
    });
    expect({ failed, errors }).toEqual({ failed: [], errors: [] });
  }, 60_000);

  it('is silent as a whole where it is played', async () => {
    const flow = [tab, ...subflow, inject('go', ['A']), instance('A', ['end']), func('end', 'return msg;')];
    const { failed } = await run(flow, {
      give: [{ node: 'go', message: { payload: 8 } }],
      play: [{ node: 'A', messages: [{ at: '1 s', message: { payload: 'played' } }] }],
      expect: [
        { node: 'end', expect: 'count', is: 1 },
        { node: 'end', is: 'played' },
      ],
    });
    expect(failed).toEqual([]);
  }, 60_000);
});

describe('what a test says of nodes', () => {
  const flow = [
    tab,
    ...subflow,
    instance('A', []),
    instance('B', []),
    func('one', ''),
    { ...func('two', ''), name: 'one' },
    node('debug', 'log'),
  ];
  const expecting = (more: Record<string, unknown>) => run(flow, { expect: [{ is: 1, ...more }] });

  it.each([
    [{ node: 'three' }, 'TEST_NODE_UNKNOWN', '"expect[0].node" names the node "three"'],
    [{ node: 'halve' }, 'TEST_NODE_AMBIGUOUS', '2 nodes are called so'],
    [{ node: 'A', output: 2 }, 'TEST_OUTPUT_UNKNOWN', 'output 2 of "A", which has 1'],
    [{ node: 'log' }, 'TEST_OUTPUT_UNKNOWN', 'which has no output'],
  ])(
    '%j is refused as %s',
    async (settings, code, words) => {
      await expect(expecting(settings)).rejects.toMatchObject({
        code,
        message: expect.stringContaining(words) as string,
      });
    },
    60_000,
  );

  it('is helped by the names that there are', async () => {
    await expect(expecting({ node: 'three' })).rejects.toMatchObject({
      hint: 'The flow has: A, A/halve, B, B/halve, one, two, log. Name a node by its name or its id.',
    });
  }, 60_000);
});

describe('an error that no expectation names', () => {
  const flow = [
    tab,
    func('throws', 'throw new Error("no such luck");'),
    func('later', 'setTimeout(() => { throw new Error("too late"); }, 50);'),
    func('promise', 'Promise.reject(new Error("broken promise")); return null;'),
    node('unheard-of', 'strange'),
  ];
  const give = ['throws', 'throws', 'later', 'promise'].map((id, index) => ({
    node: id,
    at: `${index + 1} s`,
    message: {},
  }));
  const expectation = [{ node: 'throws', expect: 'count', is: 0 }];

  it('is told with its node, however it came about', async () => {
    const { errors, failed } = await run(flow, { give, expect: expectation });
    expect(failed).toEqual([]);
    expect(errors).toEqual([
      expect.objectContaining({ node: 'strange', code: 'NODE_TYPE_UNKNOWN', count: 1 }),
      expect.objectContaining({
        node: 'throws',
        code: 'ERROR',
        message: expect.stringContaining('no such luck') as string,
        count: 2,
      }),
      expect.objectContaining({ node: 'later', code: 'NODE_THREW_LATER', count: 1 }),
      expect.objectContaining({ node: 'promise', code: 'NODE_THREW_LATER', count: 1 }),
    ]);
  }, 60_000);

  it('can be ignored', async () => {
    expect((await run(flow, { give, expect: expectation, errors: 'ignore' })).errors).toEqual([]);
  }, 60_000);
});
