import { type DialogForm, defineDialog } from '../../editor/index.ts';
import { config } from './config.ts';

const standard = config.parse({});

/** Settings that are shown only on request, unless they say something. */
const MORE = ['align', 'reorder', 'resample', 'onGap'] as const;

/** A number as it stands in the field, or as the empty field shows. */
const number = (form: DialogForm, name: string) => {
  const field = form.field(name);
  return Number(field.value || field.placeholder);
};

/** What the settings come to. */
function tip(form: DialogForm): string {
  const unit = form.field('cut').value;
  if (unit === 'trigger') {
    const [before, after] = [number(form, 'before'), number(form, 'after')];
    const how = form.field('trigger').value === 'message' ? 'tip.message' : 'tip.crossing';
    return form.text(how, { before, after, length: before + after });
  }
  const [length, stride] = unit === 'time' ? ['seconds', 'every'] : ['length', 'stride'];
  return span(form, unit, number(form, length), number(form, stride));
}

function span(form: DialogForm, unit: string, length: number, stride: number): string {
  const rounded = (value: number) => Number(value.toPrecision(6));
  const words = (key: string) => (unit === 'time' ? `tip.${key}Time` : `tip.${key}`);
  if (stride < length) return form.text(words('overlapping'), { length, stride, shared: rounded(length - stride) });
  if (stride === length) return form.text(words('adjacent'), { length });
  return form.text(words('apart'), { length, skipped: rounded(stride - length) });
}

export const dialog = defineDialog({
  prepare(form) {
    const arrange = () => {
      const cut = form.field('cut').value;
      const crossing = cut === 'trigger' && form.field('trigger').value === 'crossing';
      for (const name of ['length', 'stride']) form.show(name, cut === 'count');
      for (const name of ['seconds', 'every']) form.show(name, cut === 'time');
      for (const name of ['before', 'after', 'trigger']) form.show(name, cut === 'trigger');
      for (const name of ['watch', 'level', 'direction']) form.show(name, crossing);
      form.show('tolerance', form.field('align').value !== 'none');
      form.show('maxGap', form.field('onGap').value !== 'mark' || number(form, 'resample') > 0);
      form.element('.form-tips').textContent = tip(form);
    };
    const arranging = [
      ...['cut', 'trigger', 'align', 'onGap', 'resample'],
      ...['length', 'stride', 'seconds', 'every', 'before', 'after'],
    ];
    for (const name of arranging) form.watch(name, arrange);
    const said = MORE.some((name) => form.field(name).value !== String(standard[name]));
    form.element('details').toggleAttribute('open', said);
  },
});
