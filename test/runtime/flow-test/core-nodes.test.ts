import { describe, expect, it } from 'vitest';
import { func, inject, node, run, tab } from './run.ts';

const at = (time: string) => Date.parse(`2026-01-01T${time}Z`);
const stamp = (id: string) => func(id, 'return { payload: Date.now() };');

describe('the timing of Node-RED’s own nodes in an hour of virtual time', () => {
  it('is exact to the millisecond', async () => {
    const flow = [
      tab,
      inject('every second', ['second', 'delay', 'later']),
      stamp('second'),
      inject('cron', ['quarter'], { crontab: '*/15 * * * *' }),
      stamp('quarter'),
      inject('once', ['first', 'trigger', 'queue'], { once: true, onceDelay: '90' }),
      stamp('first'),
      node('delay', 'delay', ['delayed'], {
        ...{ pauseType: 'delay', timeout: '2500', timeoutUnits: 'milliseconds', rate: '1', nbRateUnits: '1' },
        ...{ rateUnits: 'second', outputs: 1 },
      }),
      func('delayed', 'return { payload: Date.now() - msg.payload };'),
      node('trigger', 'trigger', ['triggered'], {
        ...{ op1: '1', op2: '0', op1type: 'str', op2type: 'str', duration: '10', extend: false, overrideDelay: false },
        ...{ units: 'min', reset: '', bytopic: 'all', outputs: 1 },
      }),
      func('triggered', 'return { payload: [msg.payload, Date.now()] };'),
      func('later', 'setTimeout(() => node.send({ payload: Date.now() - msg.payload }), 333); return null;'),
      func('interval', 'return null;', [], {
        initialize: 'let n = 0; setInterval(() => node.send({ payload: ++n, at: Date.now() }), 60000);',
      }),
      func('queue', 'return [[{ payload: 1 }, { payload: 2 }, { payload: 3 }]];', ['limit']),
      node('delay', 'limit', ['limited'], {
        ...{ pauseType: 'rate', timeout: '1', timeoutUnits: 'seconds', rate: '1', nbRateUnits: '20' },
        ...{ rateUnits: 'second', outputs: 1 },
      }),
      func('limited', 'return { payload: Date.now() };'),
    ].map((each) => (each.id === 'every second' ? { ...each, repeat: '1' } : each));

    const { failed, errors, virtualMs } = await run(flow, {
      duration: '1 h',
      expect: [
        { node: 'second', expect: 'count', is: 3600 },
        { node: 'second', is: at('00:00:01') },
        { node: 'second', expect: 'last', is: at('01:00:00') },
        { node: 'quarter', expect: 'count', is: 4 },
        { node: 'quarter', expect: 'last', is: at('01:00:00') },
        { node: 'quarter', is: at('00:15:00'), within: '15 min' },
        { node: 'first', expect: 'always', is: at('00:01:30') },
        { node: 'delayed', expect: 'always', is: 2500 },
        { node: 'delayed', expect: 'count', is: 3597 },
        { node: 'triggered', is: ['1', at('00:01:30')] },
        { node: 'triggered', expect: 'last', is: ['0', at('00:11:30')] },
        { node: 'later', expect: 'always', is: 333 },
        { node: 'interval', expect: 'count', is: 60 },
        { node: 'interval', property: 'at', expect: 'last', is: at('01:00:00') },
        { node: 'limited', expect: 'count', is: 3 },
        { node: 'limited', expect: 'last', is: at('00:02:10') },
      ],
    });
    expect({ failed, errors }).toEqual({ failed: [], errors: [] });
    expect(virtualMs).toBe(3_600_000);
  }, 60_000);

  it('follows the clock that the test sets, in UTC wherever it runs', async () => {
    const flow = [
      tab,
      inject('morning', ['hour'], { crontab: '30 7 * * *' }),
      func('hour', 'return { payload: new Date().getHours() };'),
    ];
    const { failed } = await run(flow, {
      clock: '2026-06-30T23:00:00+02:00',
      duration: '24 h',
      expect: [
        { node: 'hour', expect: 'always', is: 7 },
        { node: 'hour', expect: 'count', is: 1 },
        { node: 'hour', is: 7, from: '10.5 h', within: 0 },
      ],
    });
    expect(failed).toEqual([]);
  }, 60_000);
});

describe('a flow of Node-RED’s own nodes', () => {
  it('is tested as it is: links, switches, joins, batches, contexts, catch, status and complete', async () => {
    const rule = (v: string) => ({ t: 'gt', v, vt: 'num' });
    const flow = [
      tab,
      inject('press', ['route']),
      node('switch', 'route', [], {
        ...{
          property: 'payload',
          propertyType: 'msg',
          rules: [rule('10'), { t: 'else' }],
          checkall: 'true',
          outputs: 2,
        },
        wires: [['out'], ['small']],
      }),
      node('link out', 'out', [], { mode: 'link', links: ['in'], wires: [] }),
      node('link in', 'in', ['count'], { links: ['out'] }),
      func('count', "const n = (flow.get('n') ?? 0) + 1; flow.set('n', n); return { ...msg, n };", ['batch']),
      node('batch', 'batch', ['join'], {
        mode: 'count',
        count: 2,
        overlap: 0,
        interval: 10,
        allowEmptySequence: false,
        topics: [],
      }),
      node('join', 'join', ['joined'], { mode: 'auto', build: 'array', property: 'payload', propertyType: 'msg' }),
      func('joined', 'return msg;'),
      func('small', "node.status({ text: 'too small: ' + msg.payload }); throw new Error('too small');"),
      node('catch', 'catch', ['caught'], { scope: null, uncaught: false }),
      func('caught', 'return { payload: msg.error.message };'),
      node('status', 'status', ['said'], { scope: ['small'] }),
      func('said', 'return { payload: msg.status.text };'),
      node('complete', 'complete', ['done'], { scope: ['joined'], uncaught: false }),
      func('done', 'return { payload: "done" };'),
    ];
    const press = (at: string, payload: number) => ({ node: 'route', at, message: { payload } });
    const { failed, errors } = await run(flow, {
      give: [press('1 s', 20), press('2 s', 5), press('3 s', 30), { node: 'press', at: '4 s' }],
      expect: [
        { node: 'joined', is: [20, 30], from: '3 s', within: 0 },
        { node: 'count', property: 'n', expect: 'last', is: 3 },
        { node: 'route', output: 2, expect: 'always', is: 5 },
        { node: 'small', expect: 'error', matches: 'too small', from: '2 s', within: 0 },
        { node: 'small', expect: 'status', is: 'too small: 5' },
        { node: 'small', expect: 'nothing' },
        { node: 'caught', is: 'Error: too small' },
        { node: 'said', is: 'too small: 5' },
        { node: 'done', expect: 'count', is: 1 },
        { node: 'press', property: 'payload', expect: 'last', is: at('00:00:04') },
      ],
    });
    expect({ failed, errors }).toEqual({ failed: [], errors: [] });
  }, 60_000);
});
