import { defineErrors } from '../../base/index.ts';

export const errors = defineErrors('models/registry', {
  MODEL_NOT_FOUND: {
    title: 'model not found',
    meaning: 'No registered model has this name, or this version of it.',
    message: (v: { reference: string; known: readonly string[] }) => {
      const known = v.known.length === 0 ? 'none is registered' : `there is ${v.known.join(', ')}`;
      return v.reference === '' ? `there is no example model: ${known}` : `no model "${v.reference}": ${known}`;
    },
    hint: 'Choose one of these in the model\'s dialog as NAME or NAME@VERSION, or put the package\'s folder into the "millrace/models" folder of the user directory.',
  },
});
