import { type DialogForm, defineDialog } from '../../editor/index.ts';
import { needsRate } from './config.ts';

type Kind = Parameters<typeof needsRate>[0];

/** What the filter does to a signal, in words. */
function tip(form: DialogForm, kind: Kind): string {
  const number = (name: string) => {
    const field = form.field(name);
    return Number(field.value || field.placeholder);
  };
  return form.text(`tip.${kind}`, { cutoff: number('cutoff'), upper: number('upper'), length: number('length') });
}

export const dialog = defineDialog({
  prepare(form) {
    const arrange = () => {
      const kind = form.field('kind').value as Kind;
      const spectral = needsRate(kind);
      const between = kind === 'band' || kind === 'stop';
      for (const name of ['cutoff', 'order', 'rate']) form.show(name, spectral);
      form.show('upper', between);
      form.show('length', !spectral);
      form.element('.form-tips').textContent = tip(form, kind);
    };
    for (const name of ['kind', 'cutoff', 'upper', 'length']) form.watch(name, arrange);
  },
});
