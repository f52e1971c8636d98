import assert from 'node:assert/strict';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { RecordingFormat } from '../../../runtime/datasets/index.ts';
import { collect, recordings } from './support.ts';

const FORMATS: readonly RecordingFormat[] = ['jsonl', 'parquet'];

const value = fc.letrec<{ any: unknown }>((tie) => ({
  any: fc.oneof(
    { depthSize: 'small' },
    fc.double(),
    fc.constantFrom(-0, NaN, Infinity, -Infinity, null, true, false, undefined),
    fc.string({ unit: 'binary' }),
    fc.date({ noInvalidDate: true, min: new Date(0), max: new Date(4e12) }),
    fc.array(tie('any'), { maxLength: 4 }),
    fc.dictionary(key(), tie('any'), { maxKeys: 4, noNullPrototype: true }),
  ),
})).any;
function key() {
  return fc.oneof(
    fc.string({ unit: 'grapheme', minLength: 1 }),
    fc.constantFrom('$number', '$plain', '$undefined', 'data', 'a.b', '0', 'constructor'),
  );
}

const reading = fc.record(
  {
    payload: fc.oneof(fc.double(), fc.dictionary(key(), fc.double(), { maxKeys: 5, noNullPrototype: true }), value),
    time: fc.oneof(fc.double(), value),
    id: fc.oneof(fc.string({ unit: 'binary' }), value),
    topic: fc.oneof(fc.string(), value),
    extra: value,
  },
  { requiredKeys: [], noNullPrototype: true },
);
const window = fc
  .array(fc.double(), { maxLength: 20 })
  .map((data) => ({ payload: { channels: ['x'], rate: 100, start: 5, data, shape: [data.length, 1] }, gaps: 0 }));

const stream = fc.array(
  fc.record({ gap: fc.double({ min: 0, max: 1000, noNaN: true }), message: fc.oneof(reading, window) }),
  { minLength: 1, maxLength: 30 },
);

describe.each(FORMATS)('a recording as %s', (format) => {
  it('gives back the identical messages at the identical times, whatever they hold', async () => {
    const all = await recordings();
    let run = 0;
    await fc.assert(
      fc.asyncProperty(stream, async (steps) => {
        const name = `run ${run++}`;
        const recorder = await all.record({ name, format, maxBytes: 2000, maxFiles: 1000 });
        let at = 0;
        const written = steps.map(({ gap, message }) => ({ at: (at += gap), message }));
        for (const each of written) recorder.write(each.message, each.at);
        await recorder.close();
        const recording = await all.open(name);
        // vitest takes an own property `constructor` for the class.
        assert.deepStrictEqual(await collect(recording), written);
        expect(recording.format).toBe(format);
        expect(recording.problems).toEqual([]);
      }),
      { numRuns: 60 },
    );
  });

  it('keeps the order of channels, which a window goes by', async () => {
    const all = await recordings();
    const recorder = await all.record({ name: 'order', format, maxBytes: 1e6, maxFiles: 1 });
    const payloads = [{ z: 1, a: 2 }, { a: 1, z: 2 }, { a: 3 }, { m: 0, z: 1, a: 2 }];
    for (const payload of payloads) recorder.write({ payload });
    await recorder.close();
    const read = await collect(await all.open('order'));
    expect(read.map(({ message }) => Object.keys(message['payload'] as object))).toEqual(
      payloads.map((payload) => Object.keys(payload)),
    );
  });

  it('writes typed arrays as plain ones, keeps buffers, and leaves out what is Node-RED’s own', async () => {
    const all = await recordings();
    const recorder = await all.record({ name: 'kinds', format, maxBytes: 1e6, maxFiles: 1 });
    const message = { payload: { data: Float32Array.of(0.5, -0, NaN) }, picture: Buffer.from([1, 2, 255]) };
    recorder.write({ ...message, _msgid: 'abc', req: { circular: true }, res: {} });
    expect(recorder.state.leftOut).toBe(2);
    await recorder.close();
    const [read] = await collect(await all.open('kinds'));
    expect(read?.message).toStrictEqual({ payload: { data: [0.5, -0, NaN] }, picture: Buffer.from([1, 2, 255]) });
  });
});
