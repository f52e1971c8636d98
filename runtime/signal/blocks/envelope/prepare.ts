import { createEnvelope } from '../../../numerics/index.ts';
import { createSosFilter } from '../../filters/sos-filter.ts';
import type { PrepareBlock } from '../block.ts';
import { centred } from '../centre.ts';
import { sectionsFor } from '../sections-for.ts';
import { prepareStream } from '../stream.ts';
import type { EnvelopeBlock } from './schema.ts';

/** The envelope in the place of each channel. */
export const prepareEnvelope: PrepareBlock<EnvelopeBlock> = (block, recipe, path) =>
  block.method === 'hilbert' ? ofWindow(block, recipe, path) : ofStream(block, recipe, path);

const ofWindow: PrepareBlock<EnvelopeBlock> = ({ channels, detrend }, { length }) => {
  const envelope = createEnvelope(length);
  const buffer = new Float64Array(length);
  return {
    names: [],
    bytes: envelope.bytes + buffer.byteLength,
    run(columns) {
      for (const channel of channels) {
        const column = columns.get(channel) as Float64Array;
        envelope.run(centred(column, detrend, buffer), column);
      }
    },
  };
};

const ofStream: PrepareBlock<EnvelopeBlock> = ({ channels, cutoff, state }, { length, rate }, path) => {
  const sections = sectionsFor({ pass: 'low', order: 2, cutoffs: [cutoff] }, rate, `${path}.cutoff`);
  return prepareStream(channels, length, state, () => {
    const filter = createSosFilter(sections);
    return {
      bytes: filter.bytes,
      run(samples, output, from) {
        for (let n = from; n < samples.length; n++) output[n] = Math.abs(samples[n] as number);
        filter.run(output, output, from);
      },
      reset: (first) => filter.reset(Math.abs(first)),
    };
  });
};
