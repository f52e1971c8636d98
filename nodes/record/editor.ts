import { defineDialog } from '../../editor/index.ts';

export const dialog = defineDialog({
  label: ({ recording }) => (typeof recording === 'string' && recording !== '' ? `record ${recording}` : ''),
  prepare(form) {
    const say = () => {
      const number = (name: string) => Number(form.field(name).value || form.field(name).placeholder);
      const megabytes = Math.round(number('size') * number('files') * 10) / 10;
      form.element('.form-tips').textContent = form.text('tip.bound', { megabytes });
    };
    form.watch('size', say);
    form.watch('files', say);
  },
});
