import { describe, expect, it } from 'vitest';
import {
  deployWords,
  gatewayLook,
  gatewayWords,
  runningWords,
  vitalFacts,
} from '../../../editor/look/gateway-words.ts';
import { DEPLOY_STATES, type GatewayRow, type GatewayStatus } from '../../../runtime/messages/index.ts';

const now = new Date(2026, 10, 22, 14, 30).getTime();
const at = (hours: number, minutes: number) => new Date(2026, 10, 22, hours, minutes).getTime();
const pump = { name: 'pump', version: 7, digest: 'a'.repeat(64), issued: at(14, 2) };
const status = (change: Partial<GatewayStatus> = {}): GatewayStatus => ({
  ...{ state: 'idle', process: 'running', restarts: 0, running: pump },
  ...change,
});
const row = (change: Partial<GatewayRow> = {}): GatewayRow => ({
  identity: {
    ...{ gateway: 'one', name: 'one', version: '0.1.0', platform: 'linux', architecture: 'arm64' },
    ...{ node: 'v24.21.0', group: 'any' },
  },
  ...{ title: 'one', connected: true, paired: at(9, 0), status: status(), events: [] },
  ...change,
});
const of = (change: Partial<GatewayStatus>) => row({ status: status(change) });

describe('how a gateway is', () => {
  it.each([
    ['Runs “pump”', 'calm', row()],
    ['Starts “pump”', 'active', of({ process: 'starting' })],
    [
      'Does not stay up: starts anew in 40 s, after 3 tries: “pump”',
      'problem',
      of({ process: 'waiting', restarts: 3, nextStart: now + 40_000 }),
    ],
    [
      'Runs the tests of “pump”: test 2 of 5',
      'active',
      of({ state: 'testing', candidate: pump, progress: { text: 'test 2 of 5' } }),
    ],
    ['Goes back to the bundle before', 'active', of({ state: 'rolling-back', candidate: pump })],
    ['Away since 14:05: without a network it works on by itself', 'held', row({ connected: false, seen: at(14, 5) })],
    ['Has not come yet', 'held', row({ connected: false, status: undefined as never })],
  ] as const)('is said in one sentence: %s', (words, look, shown) => {
    expect([gatewayWords(shown, now), gatewayLook(shown)]).toEqual([words, look]);
  });

  it('has a sentence for every state of a deploy', () => {
    const said = DEPLOY_STATES.map((state) => gatewayWords(of({ state, candidate: pump }), now));
    expect(new Set(said).size).toBe(DEPLOY_STATES.length);
    expect(said.join()).not.toContain('undefined');
  });

  it('names what runs, once', () => {
    expect(runningWords(row(), now)).toBe('Release 7, signed 14:02');
    expect(runningWords(row({ connected: false }), now)).toBe('Runs pump, release 7, signed 14:02');
    expect(runningWords(of({ previous: { ...pump, version: 6 } }), now)).toContain('before that pump, release 6');
  });

  it('shows what is to be looked at among its figures', () => {
    const vitals = {
      ...{ uptime: 61_000, lag: 12, errors: 0, rss: 96e6, heap: 1, handles: 1, predictions: 5 },
      outbox: { depth: 0, oldestMs: 0, sent: 9, failures: 0, unreachable: 0 },
      ...{ vectors: { checked: 1, failed: [] }, missing: [] },
    };
    const alarms = (change: object) =>
      vitalFacts(status({ vitals: { ...vitals, ...change } }), row().identity).flatMap(([name, , alarm]) =>
        alarm ? [name] : [],
      );
    expect(alarms({})).toEqual([]);
    expect(alarms({ lag: 4_000, errors: 2, missing: ['left-pad'] })).toEqual([
      'slowest turn',
      'errors',
      'not installed',
    ]);
    expect(alarms({ outbox: { ...vitals.outbox, depth: 4, unreachable: 1 } })).toEqual(['outbox', 'not reached']);
  });
});

describe('a deploy', () => {
  it.each([
    ['waiting', 'Waits for the gateway: pump, release 7, signed 14:02'],
    ['sending', 'Sends pump, release 7, signed 14:02: 10 kB of 40 kB'],
    ['done', 'Deployed: pump, release 7, signed 14:02'],
    ['failed', 'Not deployed: pump, release 7, signed 14:02'],
  ] as const)('that is %s is said', (phase, words) => {
    expect(deployWords(row({ deploy: { release: pump, phase, bytes: { sent: 10_000, all: 40_000 } } }), now)).toBe(
      words,
    );
  });

  it.each([
    ['Waits until the gateway is back', row({ connected: false })],
    ['Waits until the gateway is back, which has all of it', row({ connected: false }), true],
    ['Waits until the gateway is done with another bundle', of({ state: 'testing' })],
  ] as const)('that waits says for what: %s', (words, there, handedOver?: true) => {
    const deploy = { release: pump, phase: 'waiting' as const, ...(handedOver && { handedOver }) };
    expect(deployWords({ ...there, deploy }, now)).toBe(`${words}: pump, release 7, signed 14:02`);
  });
});
