import type { InputDescription, OutputDescription } from '../../messages/index.ts';
import type { Manifest, ModelInput, ModelOutput } from '../package/index.ts';

/** Inputs in plain words, for dialogs, sidebar and command line. */
export function describeInput(input: ModelInput): InputDescription {
  return { ...input, kind: input.kind ?? 'tensor', words: inputWords(input) };
}

export function describeOutput(output: ModelOutput, manifest: Pick<Manifest, 'task' | 'labels'>): OutputDescription {
  return { ...output, words: outputWords(output, manifest) };
}

function inputWords({ kind, type, shape, features = [], image, window, missing }: ModelInput): string {
  switch (kind) {
    case 'features': {
      const what =
        type === 'string' ? 'text' : INTEGER.test(type) ? 'whole number' : type === 'bool' ? 'yes or no' : 'number';
      const count = features.length;
      const words = type === 'bool' && count !== 1 ? `${count} times yes or no` : many(count, what);
      return `${words}${missing ? ', some of which may be missing' : ''}`;
    }
    case 'text':
      return 'a text';
    case 'image':
      return image
        ? `a ${image.colours === 'grey' ? 'grey' : 'colour'} picture, brought to ${image.width} × ${image.height} pixels`
        : 'a picture';
    case 'window': {
      const [samples, channels] =
        window?.layout === 'channels-samples' ? [shape.at(-1), shape.at(-2)] : [shape.at(-2), shape.at(-1)];
      const of = typeof channels === 'number' ? ` of ${many(channels, 'channel')}` : '';
      return typeof samples === 'number' ? `a window of ${samples} samples${of}` : `a window of any length${of}`;
    }
    default:
      return `a tensor of shape ${shapeWords(shape)}`;
  }
}

const INTEGER = /^u?int/;

function outputWords(
  { role, activation, shape, type }: ModelOutput,
  { task, labels = [] }: Pick<Manifest, 'task' | 'labels'>,
): string {
  switch (role) {
    case 'label':
      return task === 'anomaly' ? '-1 if it is anomalous' : 'the label';
    case 'scores': {
      const made = activation ? `, made from raw scores by ${activation}` : '';
      return shape.at(-1) === 1 && labels.length === 2
        ? `how likely "${labels[1]}" is${made}`
        : `a score for each label${made}`;
    }
    case 'value':
      return 'the estimated number';
    case 'score':
      return 'a score of how usual it is';
    case 'other':
      return task === 'multi-output'
        ? `${type === 'string' ? 'text' : 'numbers'} of shape ${shapeWords(shape)}`
        : 'not used';
  }
}

const shapeWords = (shape: ModelOutput['shape']) =>
  shape.length === 0 ? 'one value' : shape.map((size) => (typeof size === 'number' ? size : 'any')).join(' × ');

const many = (count: number, what: string) => (count === 1 ? `one ${what}` : `${count} ${what}s`);
