import type { InputDescription, OutputDescription } from '../messages/index.ts';
import type { ModelInput, ModelOutput } from '../models/package/index.ts';

/** An input as a person reads it: `4 numbers`, `a picture of 224 × 224 pixels`. */
export function describeInput(input: ModelInput): InputDescription {
  const { name, type, shape, features, units, image, window } = input;
  const kind = input.kind ?? (features ? 'features' : type === 'string' ? 'text' : 'tensor');
  return {
    ...{ name, type, shape, kind, words: inputWords(input, kind) },
    ...(features && { features }),
    ...(units && { units }),
    ...(image && { image }),
    ...(window && { window }),
  };
}

function inputWords({ type, shape, features, image, window }: ModelInput, kind: InputDescription['kind']): string {
  if (image) {
    const colours = image.colours === 'grey' ? 'in shades of grey' : 'in colour';
    return `a picture of ${image.width} × ${image.height} pixels, ${colours}`;
  }
  if (kind === 'window') {
    const channels = window?.channels;
    return channels ? `a window of ${channels.join(', ')}` : `a window of samples (${sizes(shape)})`;
  }
  if (kind === 'text') return features ? `${features.length} texts` : 'a text';
  const last = shape.at(-1);
  const columns = features?.length ?? (shape.length === 2 && typeof last === 'number' ? last : undefined);
  if (columns === undefined) return `${type} of the shape ${sizes(shape)}`;
  return columns === 1 ? 'a number' : `${columns} numbers`;
}

const sizes = (shape: ModelInput['shape']) => shape.map((size) => size ?? 'any').join(' × ');

/** An output as a person reads it: `one score a label`. */
export function describeOutput(output: ModelOutput, labels: readonly string[] | undefined): OutputDescription {
  const { name, type, shape, role, activation } = output;
  return { ...{ name, type, shape, role, words: outputWords(output, labels) }, ...(activation && { activation }) };
}

function outputWords({ role, type, shape }: ModelOutput, labels: readonly string[] | undefined): string {
  switch (role) {
    case 'label':
      return 'the label';
    case 'scores':
      return labels ? `a score for each of ${labels.length} labels` : 'a score for each label';
    case 'value':
      return 'a number';
    case 'score':
      return 'how unusual it is';
    case 'other':
      return `${type} of the shape ${sizes(shape)}`;
  }
}
