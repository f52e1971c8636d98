import { describe, expect, it } from 'vitest';
import { packBundle } from '../../../runtime/bundle/index.ts';
import { BUILT_IN_PORT } from '../../../runtime/outbox/schema.ts';
import { chain, packing, shippedFlow } from '../../support/packing.ts';

const needsOf = async (flow: Parameters<typeof packing>[0], options = {}) =>
  (await packBundle(packing(flow, options))).manifest.needs;

describe('what a device must have', () => {
  it('for the pump: its model a few times a second, the port of the broker in the flow', async () => {
    const { models, nativeLibraries, ports, nodeTypes, diskBytes } = await needsOf(shippedFlow('pump'));
    // 100 samples a second, a window every 25.
    expect(models).toMatchObject([{ name: 'pump-health', compiled: false, rate: 4 }]);
    expect(nativeLibraries).toEqual(['onnxruntime-node']);
    expect(ports).toEqual([1885]);
    expect(nodeTypes).toContain('infer');
    expect(nodeTypes).not.toContain('tab');
    expect(diskBytes).toBeGreaterThan(400_000);
  });

  it('without ONNX Runtime where every model can be compiled', async () => {
    const { models, nativeLibraries } = await needsOf(shippedFlow('pump'), { compiles: () => true });
    expect({ compiled: models[0]?.compiled, nativeLibraries }).toEqual({ compiled: true, nativeLibraries: [] });
  });

  it('boards, with what their firmware must be able to do', async () => {
    const flow = [
      ...chain(
        { type: 'sensor', kind: 'ds18b20', board: 'uno' },
        { type: 'actuator', kind: 'servo', board: 'uno', pins: ['9'] },
      ),
      { id: 'rgb', type: 'actuator', z: 'tab', kind: 'rgb', board: 'uno', pins: ['D9', 'd10', 'D11'] },
      { id: 'again', type: 'actuator', z: 'tab', kind: 'servo', board: 'uno', pins: ['D9'] },
      { id: 'off', type: 'actuator', z: 'tab', kind: 'servo', board: 'uno', pins: ['D3'], d: true },
      {
        id: 'pins',
        type: 'pins',
        z: 'tab',
        board: 'net',
        channels: [
          { name: 'x', pin: '0x68', kind: 'mpu6050-acceleration-x' },
          { name: 'warmth', pin: 'a3', kind: 'tmp36' },
        ],
      },
      { id: 'uno', type: 'board', name: 'Uno', kind: 'serial', port: '/dev/ttyACM0', baud: 115_200 },
      { id: 'net', type: 'board', name: '', kind: 'tcp', host: 'board.lan', tcpPort: 3031 },
      { id: 'play', type: 'board', kind: 'virtual' },
    ];
    const { boards, nativeLibraries } = await needsOf(flow);
    expect(boards).toMatchObject([
      { node: 'net', name: 'net', kind: 'tcp', port: 'board.lan:3031', features: ['i2c'] },
      { node: 'uno', name: 'Uno', kind: 'serial', port: '/dev/ttyACM0', baud: 115_200, features: ['onewire'] },
    ]);
    expect(boards.map(({ pins }) => pins)).toEqual([
      [{ pin: 'A3', use: 'analog' }],
      [
        { pin: 'D10', use: 'pwm' },
        { pin: 'D11', use: 'pwm' },
        { pin: 'D9', use: 'pwm' },
        { pin: 'D9', use: 'servo' },
      ],
    ]);
    expect(boards[0]).not.toHaveProperty('baud');
    expect(nativeLibraries).toEqual(['serialport']);
  });

  it('ports that it listens on, and no others', async () => {
    const flow = chain(
      { type: 'upload', target: '' },
      { type: 'tcp in', server: 'server', port: '7000' },
      { type: 'tcp in', server: 'client', port: '7001' },
      { type: 'udp in', port: '7002' },
      { type: 'target', kind: 'mqtt', port: 7003 },
    );
    expect((await needsOf(flow)).ports).toEqual([BUILT_IN_PORT, 7000]);
  });

  it.each([
    ['a sensor twice a second', [{ type: 'sensor', period: 0.5 }], 2],
    [
      'a window by time',
      [
        { type: 'pins', rate: 50 },
        { type: 'window', cut: 'time', every: 0.5 },
      ],
      2,
    ],
    ['a button that presses itself', [{ type: 'inject', repeat: '4' }], 0.25],
    ['a recording, which does not say', [{ type: 'replay', recording: '${WHICH}' }], undefined],
    ['a broker, which does not say', [{ type: 'mqtt in' }, { type: 'window', stride: 10 }], undefined],
  ])('answers as often as %s', async (_, before, rate) => {
    const { models } = await needsOf(chain(...before, { type: 'infer' }));
    expect(models[0]?.rate).toBe(rate);
  });
});
