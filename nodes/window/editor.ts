import { type DialogForm, defineDialog } from '../../editor/index.ts';

/** What length and stride come to. */
function tip(form: DialogForm): string {
  const whole = (name: string) => {
    const field = form.field(name);
    return Number(field.value || field.placeholder);
  };
  const [length, stride] = [whole('length'), whole('stride')];
  if (stride < length) return form.text('tip.overlapping', { length, stride, shared: length - stride });
  if (stride === length) return form.text('tip.adjacent', { length });
  return form.text('tip.apart', { length, skipped: stride - length });
}

export const dialog = defineDialog({
  prepare(form) {
    const say = () => (form.element('.form-tips').textContent = tip(form));
    form.watch('length', say);
    form.watch('stride', say);
  },
});
