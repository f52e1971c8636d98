/** Keeps one state after the other, and says so of each, until it is killed: `node kill-child.ts FILE FIRST`. */
import { systemClock } from '../../../../runtime/base/index.ts';
import { createDriftStore } from '../../../../runtime/drift/history/create-store.ts';

const [file = '', first = '1'] = process.argv.slice(2);
const store = createDriftStore(file, systemClock);
for (let time = Number(first); ; time++) {
  // What is said three times must be the same when it is read: the state, a piece of its own, and the picture.
  const state = { time, row: new Float64Array(1000).fill(time) };
  const features = [{ name: 'x', kind: 'data' as const, statistic: 's', value: 1, threshold: 1 }];
  await store.save('n1', {
    state,
    picture: {
      ...{ format: 1, node: 'n1', name: 'drift', time, state: 'calm', since: 0, samples: 30, window: 30 },
      ...{ features: [], leftOut: [], counts: [] },
    },
    points: [{ time, features }],
    events: [{ time, payload: { kind: 'data', state: 'start', since: time, features: [], samples: 30 } }],
  });
  process.stdout.write(`${time}\n`);
}
