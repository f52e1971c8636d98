import { describe, expect, it } from 'vitest';
import { addressOf, flowOf, usesOf } from '../../../runtime/server/summary.ts';

describe('the summary of a flow', () => {
  it('counts what stands on tabs that run', () => {
    const flow = [
      { id: 'a', type: 'tab', label: 'One' },
      { id: 'b', type: 'tab', label: 'Two', disabled: true },
      { id: 'c', type: 'inject', z: 'a', x: 1, y: 1 },
      { id: 'd', type: 'debug', z: 'b', x: 1, y: 1 },
      { id: 'e', type: 'comment', z: 'a', x: 1, y: 1 },
      { id: 'f', type: 'mqtt-broker' },
    ];
    expect(flowOf(flow)).toEqual({ tabs: ['One'], nodes: 1 });
  });

  it('names boards, models and targets once, and what is built in where nothing was chosen', () => {
    const flow = [
      { id: 'p', type: 'pins', board: '' },
      { id: 's', type: 'sensor', board: 'b' },
      { id: 't', type: 'sensor', board: 'b' },
      { id: 'b', type: 'board', name: 'Pump house' },
      { id: 'i', type: 'infer', model: 'm' },
      { id: 'm', type: 'model', model: 'bearing@2' },
      { id: 'u', type: 'upload', target: 'c' },
      { id: 'c', type: 'target', kind: 'mqtt', url: 'mqtts://user:secret@cloud.example' },
      { id: 'v', type: 'upload', target: '' },
      { id: 'w', type: 'upload', target: 'f' },
      { id: 'f', type: 'target', kind: 'sqlite', databaseFile: 'cloud.sqlite', port: 1885 },
      { id: 'off', type: 'actuator', board: 'gone', d: true },
    ];
    const standard = { board: 'virtual pump', target: 'built-in broker on 127.0.0.1:1885' };
    expect(usesOf(flow, standard).map(({ what, text }) => `${what} ${text}`)).toEqual([
      ...['board virtual pump', 'board Pump house', 'model bearing@2'],
      ...['target mqtts://cloud.example', 'target built-in broker on 127.0.0.1:1885', 'target cloud.sqlite'],
    ]);
  });

  it('gives an address that a browser can open', () => {
    expect(addressOf('127.0.0.1', 1880, false)).toBe('http://127.0.0.1:1880/');
    expect(addressOf('0.0.0.0', 80, true)).toBe('https://localhost:80/');
    expect(addressOf('::1', 1880, false)).toBe('http://[::1]:1880/');
  });
});
