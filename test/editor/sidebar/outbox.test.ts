/** The outbox as a page knows it, with a gateway that only says what it is told to. */
import { describe, expect, it } from 'vitest';
import { Refused } from '../../../editor/gateway.ts';
import { createDestinations, nameOf } from '../../../editor/sidebar/outbox/destinations.ts';
import { createStore } from '../../../editor/live/store.ts';
import { onTurn } from '../../../editor/sidebar/outbox/turns.ts';
import { stepPath } from '../../../editor/sidebar/outbox/step-path.ts';
import type { DestinationRow } from '../../../runtime/messages/index.ts';

const row = (id: string, change: Partial<DestinationRow> = {}): DestinationRow => ({
  ...{ id, name: id, address: '', kind: 'mqtt', served: true, connected: true, paused: false, depth: 0, bytes: 0 },
  ...{ oldestMs: 0, sent: 0, rate: 0, dead: 0, failures: 0, lanes: [], dropped: [], course: [], ...change },
});

function gateway(answer: (path: string, body: unknown) => unknown) {
  const asked: [string, unknown][] = [];
  const outbox = createDestinations(
    (path, body) => {
      asked.push([path, body]);
      return Promise.resolve().then(() => answer(path, body));
    },
    () => 1_000,
  );
  return { asked, outbox };
}

describe('the outbox of a page', () => {
  it('shows what needs somebody first, and keeps the order of the rest', async () => {
    const destinations = [row('b'), row('a'), row('d', { dead: 2 }), row('c', { served: false, depth: 3 })];
    const { outbox } = gateway(() => ({ destinations, now: 61_000, bytes: 5, quota: 10 }));
    await outbox.refresh();
    expect(outbox.state.value.destinations.map(({ id }) => id)).toEqual(['c', 'd', 'a', 'b']);
    expect(outbox.state.value).toMatchObject({ loaded: true, ahead: 60_000, bytes: 5, quota: 10 });
  });

  it('asks once at a time, and anew behind a command', async () => {
    const { outbox, asked } = gateway((_path, body) =>
      body === undefined ? { destinations: [row('a')], now: 0, bytes: 0, quota: 0 } : { letters: 3 },
    );
    await Promise.all([outbox.refresh(), outbox.refresh()]);
    expect(asked).toHaveLength(1);
    expect(await outbox.command({ do: 'retry', destination: 'a' })).toEqual({ letters: 3 });
    expect(asked.slice(1)).toEqual([
      ['outbox', { do: 'retry', destination: 'a' }],
      ['outbox', undefined],
    ]);
  });

  it('says what was refused, until something works again', async () => {
    let works = false;
    const { outbox } = gateway(() => {
      if (!works) throw new Refused('not signed in', 'Sign in.');
      return { destinations: [], now: 0, bytes: 0, quota: 0 };
    });
    await outbox.refresh();
    expect(outbox.state.value.trouble).toEqual({ text: 'not signed in', hint: 'Sign in.' });
    works = true;
    await outbox.refresh();
    expect(outbox.state.value.trouble).toBeUndefined();
  });

  it('calls a destination by what is known of it', () => {
    expect(nameOf(row('x', { name: 'cloud' }))).toBe('cloud');
    expect(nameOf(row('x', { name: '', address: 'mqtts://b' }))).toBe('mqtts://b');
    expect(nameOf(row('x', { name: '' }))).toBe('x');
  });
});

describe('the curve of a backlog', () => {
  const box = { width: 10, height: 4 };
  it('holds each value until the next, and begins at the left with what is older', () => {
    expect(
      stepPath(
        [
          [0, 0],
          [50, 2],
          [100, 1],
        ],
        100,
        2,
        box,
      ),
    ).toBe('M0.0 4.0H5.0V0.0H10.0V2.0');
    expect(
      stepPath(
        [
          [-900, 2],
          [100, 2],
        ],
        100,
        2,
        box,
      ),
    ).toBe('M0.0 0.0H10.0V0.0');
  });
  it('is a line at the bottom where nothing is known', () => {
    expect(stepPath([], 100, 1, box)).toBe('M0.0 4.0H10.0');
  });
});

describe('what the upload nodes show', () => {
  const view = (time: number, connected: boolean, depth: number) => ({
    ...{ node: 'up', name: 'up', type: 'upload', time, kind: 'outbox' as const, destination: 'broker', id: 'a' },
    ...{ connected, depth, sent: 5, oldestMs: 0 },
  });
  it('has the part look at once when a destination is lost, and not for each message that waits', () => {
    const store = createStore(() => 0);
    store.apply([view(1, true, 0)]);
    let turns = 0;
    const end = onTurn(store, () => (turns += 1));
    store.apply([view(2, true, 3)]);
    expect(turns).toBe(0);
    store.apply([view(3, false, 3)]);
    store.apply([view(4, false, 9)]);
    expect(turns).toBe(1);
    store.apply([view(5, true, 9)]);
    expect(turns).toBe(2);
    end();
    store.apply([view(6, false, 9)]);
    expect(turns).toBe(2);
  });
});
