import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { BundleManifest, BundleNeeds } from '../../../runtime/bundle/index.ts';
import { fitOf, fitOfBundle, FIT_PROBLEMS } from '../../../runtime/doctor/index.ts';
import { compareEstimate } from '../../../runtime/messages/index.ts';
import { changed, NEEDS, WELL } from './profiles.ts';

const needs = (change: Partial<BundleNeeds>): BundleNeeds => ({ ...NEEDS, ...change });
const large = (compiled = false) => [{ name: 'big', digest: 'b'.repeat(64), bytes: 400e6, compiled, rate: 5 }];
const arduino = { node: 'b1', name: 'arm', kind: 'serial', port: '/dev/serial/by-id/usb-Arduino', features: ['i2c'] };
const uno = {
  ...{ port: arduino.port, firmware: 'StandardFirmata 2.5', features: ['i2c'] },
  pins: [
    { name: 'D9', uses: ['digital', 'output', 'pwm', 'servo'] },
    { name: 'D13', uses: ['digital', 'output', 'servo'] },
  ],
};
const holds = (port: number, own = false) => ({
  ports: [{ port, own, holder: 'the program "mosquitto" (process 9)' }],
});
const off = { works: false, reason: 'no library' };

const CASES: Readonly<Record<string, readonly [BundleNeeds, Parameters<typeof changed>[0], RegExp]>> = {
  MEMORY_TOO_SMALL: [needs({ models: large() }), { memory: { availableBytes: 500e6 } }, /500 MB are there.*"big"/],
  DISK_TOO_SMALL: [needs({ diskBytes: 300e6 }), { disk: { freeBytes: 310e6 } }, /316 MB.*310 MB are free/],
  DISK_TIGHT: [needs({ diskBytes: 300e6 }), { disk: { freeBytes: 400e6 } }, /616 MB.*400 MB are free/],
  MODEL_TOO_SLOW: [
    needs({ models: [{ name: 'm', digest: 'c'.repeat(64), bytes: 40e6, compiled: false, rate: 200 }] }),
    {},
    /"m" is asked 200 times a second/,
  ],
  MODEL_SLOW: [
    needs({ models: [{ name: 'm', digest: 'c'.repeat(64), bytes: 4e6, compiled: false, rate: 300 }] }),
    {},
    /"m", asked 300 times a second, would keep \d+ % of a core busy/,
  ],
  MODEL_CANNOT_RUN: [needs({ models: large() }), { tiers: { native: off, wasm: off } }, /"big".*no library/],
  LIBRARY_MISSING: [needs({ nativeLibraries: ['serialport'] }), { serial: { problem: 'no prebuild' } }, /no prebuild/],
  NODE_MISSING: [needs({ nodeTypes: ['modbus-read'] }), {}, /"modbus-read"/],
  BOARD_MISSING: [
    needs({ boards: [{ ...arduino, port: '/dev/ttyUSB7' }] }),
    {},
    /"arm" is on \/dev\/ttyUSB7, which is not there \(there are: .*usb-Arduino/,
  ],
  BOARD_FORBIDDEN: [
    needs({ boards: [arduino] }),
    { serial: { ports: [{ port: arduino.port, label: 'Arduino', stable: true, problem: 'the group dialout' }] } },
    /"arm" cannot be opened: the group dialout/,
  ],
  BOARD_UNABLE: [
    needs({ boards: [{ ...arduino, features: ['onewire', 'i2c'] }] }),
    { boards: [uno] },
    /StandardFirmata 2\.5\) lacks what the flow needs: onewire/,
  ],
  PIN_UNABLE: [
    needs({ boards: [{ ...arduino, pins: [{ pin: 'D13', use: 'pwm' }] }] }),
    { boards: [uno] },
    /^the pin D13 of the board "arm" cannot do what the flow needs of it: fading \(PWM\)$/,
  ],
  PORT_HELD: [needs({ ports: [1883] }), holds(1883), /port 1883 .*mosquitto/],
  BROKER_PORT_HELD: [needs({ ports: [1883], brokerPorts: [1883] }), holds(1883), /port 1883 .*mosquitto.*wait/],
};

describe('whether a bundle fits', () => {
  it('says so where all is there', () => {
    const fit = fitOf(NEEDS, WELL);
    expect(fit).toMatchObject({ fits: true, problems: [] });
    expect(fit.estimates.models).toMatchObject([{ name: 'pump-health', tier: 'compiled', measured: false }]);
  });

  it.each(Object.entries(CASES))('finds %s, and says what would help', (code, [wanted, change, says]) => {
    const { fits, problems } = fitOf(wanted, changed(change));
    const problem = problems.find((each) => each.code === code);
    expect(problem?.text).toMatch(says);
    expect(problem?.hint).toMatch(/\.$/);
    expect(fits).toBe(FIT_PROBLEMS[code]?.severity !== 'error');
  });

  it('has a case here for every problem that there is', () => {
    expect(Object.keys(CASES).sort()).toEqual(Object.keys(FIT_PROBLEMS).sort());
  });

  it('lets a flow take no more than where it ends itself, and leaves the rest of the machine its part', () => {
    const wanted = needs({ models: large() });
    const takes = fitOf(wanted, WELL).estimates.memoryBytes;
    const short = (ceilingBytes: number, availableBytes = 3e9) =>
      fitOf(wanted, changed({ memory: { ceilingBytes, availableBytes } })).problems.filter(
        ({ code }) => code === 'MEMORY_TOO_SMALL',
      );
    expect(short(takes / 0.95 + 1)).toEqual([]);
    expect(short(2e9, takes + 20e6)).toMatchObject([{ text: expect.stringContaining('are there for it') as string }]);
    expect(short(takes / 0.95 - 1e6)).toMatchObject([
      {
        text: expect.stringMatching(/a flow ends itself there at .* for the model "big"/) as string,
        hint: expect.stringContaining('--max-memory') as string,
      },
    ]);
  });

  it('asks for no room for what lies there already, or goes on from there', () => {
    const disk = (freeBytes: number, unpacked = false) =>
      fitOf(needs({ diskBytes: 40e6 }), changed({ disk: { freeBytes } }), { unpacked }).problems.map(
        ({ code }) => code,
      );
    expect(disk(17e6, true)).toEqual([]);
    expect(disk(17e6)).toEqual(['DISK_TOO_SMALL']);
    expect(disk(57e6)).toEqual(['DISK_TIGHT']);
    expect(disk(97e6)).toEqual([]);
  });

  it('gives a new flow what the one before it holds: its memory and its ports', () => {
    const own = changed({ memory: { availableBytes: 60e6, ownBytes: 200e6 }, ...holds(1883, true) });
    expect(fitOf(needs({ ports: [1883] }), own)).toMatchObject({ fits: true });
  });

  it('finds a board by the name that stays and by that of the system', () => {
    for (const port of ['/dev/ttyACM0', '/dev/pump-board']) {
      expect(fitOf(needs({ boards: [{ ...arduino, port }] }), WELL).problems).toEqual([]);
      const wanted = needs({ boards: [{ ...arduino, port, features: ['onewire'] }] });
      expect(fitOf(wanted, changed({ boards: [uno] })).problems).toMatchObject([{ code: 'BOARD_UNABLE' }]);
    }
    expect(fitOf(needs({ boards: [{ ...arduino, kind: 'tcp', port: 'x' }] }), WELL).problems).toEqual([]);
  });

  it('misses no board whose port only the gateway can know', () => {
    for (const port of ['${PUMP_PORT}', '/run/pump/port', '/dev/pts/3']) {
      expect(fitOf(needs({ boards: [{ ...arduino, port }] }), WELL).problems, port).toEqual([]);
    }
  });

  it('says which pins can do what one cannot, of the board that is meant', () => {
    const at = (port: string, ...pins: { readonly pin: string; readonly use: string }[]) =>
      fitOf(
        needs({ boards: [{ ...arduino, kind: 'tcp', port, features: [], pins }] }),
        changed({ boards: [uno, net] }),
      );
    const net = { ...uno, port: 'board.lan:3030', pins: [{ name: 'A0', uses: ['analog'] }] };
    expect(at(net.port, { pin: 'A0', use: 'analog' }).problems).toEqual([]);
    expect(at('other.lan:3030', { pin: 'D9', use: 'analog' }).problems).toEqual([]);
    expect(at(net.port, { pin: 'D9', use: 'analog' }, { pin: 'A0', use: 'servo' }).problems).toMatchObject([
      {
        text: 'the board "arm" has no pin D9, which the flow needs for: analog input',
        hint: expect.stringMatching(/^These can: A0\./) as string,
      },
      { code: 'PIN_UNABLE', hint: 'None of its pins can: use another board on the gateway.' },
    ]);
    // Of a Millrace that came later.
    expect(at(net.port, { pin: 'A0', use: 'dac' }).problems).toMatchObject([
      { text: expect.stringMatching(/dac$/) as string },
    ]);
  });

  it('runs a model as inference will on that machine', () => {
    const tier = (model: Partial<BundleNeeds['models'][number]>, change: Parameters<typeof changed>[0] = {}) => {
      const models = [{ name: 'm', digest: 'd'.repeat(64), bytes: 1e6, compiled: false, ...model }];
      return fitOf(needs({ models }), changed(change)).estimates.models[0]?.tier;
    };
    expect(tier({})).toBe('native');
    expect(tier({}, { tiers: { native: off } })).toBe('wasm');
    expect(tier({ compiled: true, bytes: 20_000 })).toBe('compiled');
    expect(tier({ compiled: true, bytes: 20_000 }, { tier: 'wasm' })).toBe('wasm');
    expect(tier({}, { tier: 'compiled' })).toBeUndefined();
  });

  it('takes a measurement elsewhere as that machine is quicker or slower by its yardsticks', () => {
    const [model] = NEEDS.models;
    const tiers = { compiled: { micro: 3, bytes: 2e6 }, native: { micro: 20, bytes: 5e6 } };
    const costs = [{ name: 'pump-health', digest: model?.digest ?? '', tiers }];
    const quick = changed({
      tiers: { compiled: { micro: { dense: 2, trees: 2 } }, native: { micro: { dense: 20, trees: 20 } } },
    }).tiers;
    const { estimates } = fitOf(NEEDS, WELL, { costs, measuredOn: quick });
    expect(estimates.models).toEqual([
      {
        ...{ name: 'pump-health', tier: 'compiled', measured: true, memoryBytes: 2e6 },
        latencyMs: { compiled: 0.015, native: 0.06 },
      },
    ]);
    // The same machine.
    expect(fitOf(NEEDS, WELL, { costs }).estimates.models[0]?.latencyMs.compiled).toBe(0.003);
  });

  it('never fits less well on a machine with more of everything', () => {
    const numbers = fc.record({
      model: fc.integer({ min: 1000, max: 1e9 }),
      rate: fc.integer({ min: 1, max: 5000 }),
      disk: fc.integer({ min: 1000, max: 1e10 }),
      memory: fc.integer({ min: 5e7, max: 4e9 }),
      free: fc.integer({ min: 1e6, max: 2e10 }),
      more: fc.double({ min: 1, max: 10, noNaN: true }),
    });
    fc.assert(
      fc.property(numbers, ({ model, rate, disk, memory, free, more }) => {
        const wanted = needs({
          diskBytes: disk,
          models: [{ name: 'm', digest: 'e'.repeat(64), bytes: model, compiled: false, rate }],
        });
        const machine = (factor: number) =>
          changed({
            memory: { availableBytes: memory * factor },
            disk: { freeBytes: free * factor },
            tiers: {
              compiled: { micro: { dense: 10 / factor, trees: 10 / factor } },
              native: { micro: { dense: 60 / factor, trees: 60 / factor } },
            },
          });
        expect(fitOf(wanted, machine(more)).fits || !fitOf(wanted, machine(1)).fits).toBe(true);
      }),
    );
  });
});

describe('whether a bundle is for a machine at all', () => {
  const manifest: Pick<BundleManifest, 'needs' | 'architectures' | 'runtime' | 'packages' | 'settings'> = {
    ...{ needs: NEEDS, architectures: ['any'], runtime: '0.1.0', packages: [] },
    settings: [{ name: 'CLOUD_HOST', secret: false, use: 'host of the target "cloud"' }],
  };
  const codes = (change: Partial<typeof manifest>, profile = WELL) =>
    fitOfBundle({ ...manifest, ...change }, profile).problems.map(({ code }) => code);

  it('refuses another architecture and a newer Millrace', () => {
    expect(codes({})).toEqual([]);
    expect(codes({ architectures: ['linux-x64', 'linux-arm64'] })).toEqual([]);
    expect(codes({ architectures: ['linux-x64'] })).toEqual(['ARCHITECTURE_OTHER']);
    expect(codes({ runtime: '0.2.0' })).toEqual(['MILLRACE_OLDER']);
    expect(codes({ runtime: '0.0.9' })).toEqual([]);
  });

  it('warns of a setting that nobody has set there, as far as is known from elsewhere', () => {
    const unset = fitOfBundle(manifest, changed({ settings: [] }));
    expect(unset.fits).toBe(true);
    const hint = expect.stringContaining('gateway set CLOUD_HOST') as string;
    expect(unset.problems).toMatchObject([{ code: 'SETTING_UNSET', severity: 'warning', hint }]);
  });

  it('refuses on the machine itself what would not start for want of a setting', () => {
    const fit = (environment: readonly string[]) => fitOfBundle(manifest, changed({ settings: [] }), { environment });
    expect(fit(['PATH'])).toMatchObject({ fits: false, problems: [{ code: 'SETTING_UNSET', severity: 'error' }] });
    expect(fit(['PATH', 'CLOUD_HOST'])).toMatchObject({ fits: true, problems: [] });
  });

  it('leaves nodes of packages that the bundle brings to the bundle', () => {
    const packages = [
      { name: 'x', version: '1.0.0', tarball: 'packages/x.tgz', path: 'node_modules/x', integrity: '', native: false },
    ];
    expect(codes({ packages, needs: needs({ nodeTypes: ['modbus-read'] }) })).toEqual([]);
  });
});

describe('an estimate', () => {
  it('is told of where it was off by more than half of what was measured', () => {
    const { estimates } = fitOf(NEEDS, WELL);
    expect(compareEstimate(estimates, { memoryBytes: estimates.memoryBytes * 1.5 })).toEqual([]);
    const [wrong] = compareEstimate(estimates, {
      memoryBytes: estimates.memoryBytes * 3,
      startMs: 1e-9 + estimates.startMs,
    });
    expect(wrong).toMatchObject({
      what: 'memoryBytes',
      text: expect.stringMatching(/^memory was estimated at \d+ MB/) as string,
    });
    expect(compareEstimate(estimates, { memoryBytes: estimates.memoryBytes / 2 })).toHaveLength(1);
    expect(compareEstimate(estimates, {})).toEqual([]);
  });
});
