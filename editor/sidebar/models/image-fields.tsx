import type { ImageSettings } from '../../../runtime/messages/index.ts';
import { COLOUR_CHOICES, LAYOUT_CHOICES, MODEL_WORDS as WORDS } from '../../look/model-words.ts';
import { Choice, Field } from '../tests/field.tsx';
import { numbersOf } from './choices.ts';

interface ImageFieldsProps {
  readonly image: ImageSettings;
  change(image: ImageSettings): void;
}

/** How a picture becomes what the model takes. */
export function ImageFields({ image, change }: ImageFieldsProps) {
  const size = (key: 'width' | 'height') => (
    <label class="millrace-field millrace-field-short">
      <span>{WORDS[key]}</span>
      <Field
        label={WORDS[key]}
        value={image[key]}
        show={String}
        parse={(text) => Math.max(1, Math.round(Number(text)) || image[key])}
        change={(value: number) => change({ ...image, [key]: value })}
        size="short"
      />
    </label>
  );
  const numbers = (key: 'mean' | 'scale') => (
    <label class="millrace-field">
      <span>{WORDS[key]}</span>
      <Field
        label={WORDS[key]}
        value={image[key]}
        show={(value) => value.map((each) => Number(each.toPrecision(6))).join(', ')}
        parse={(text) => numbersOf(text) ?? image[key]}
        change={(value) => change({ ...image, [key]: value })}
      />
    </label>
  );
  return (
    <>
      <div class="millrace-pair">
        {size('width')}
        {size('height')}
        <label class="millrace-field">
          <span>{WORDS.colours}</span>
          <Choice
            label={WORDS.colours}
            value={image.colours}
            options={COLOUR_CHOICES}
            change={(value) => change({ ...image, colours: value as ImageSettings['colours'] })}
          />
        </label>
      </div>
      <div class="millrace-pair">
        {numbers('mean')}
        {numbers('scale')}
        <label class="millrace-field">
          <span>{WORDS.layout}</span>
          <Choice
            label={WORDS.layout}
            value={image.layout}
            options={LAYOUT_CHOICES}
            change={(value) => change({ ...image, layout: value as ImageSettings['layout'] })}
          />
        </label>
      </div>
      <small class="millrace-quiet">{WORDS.imageHint}</small>
    </>
  );
}
