import { defineDialog, type DialogForm, rows } from '../../editor/index.ts';
import { TARGET_PLACES } from './config.ts';
import { problemsOf } from './problems.ts';

const text = (setting: unknown) => (typeof setting === 'string' ? setting : '');

/** What stands on the canvas for a target without a name: where it sends; of one that is not filled in yet, its kind. */
function placeOf(kind: string, settings: Readonly<Record<string, unknown>>): string {
  const place = TARGET_PLACES[kind];
  return place === undefined ? '' : text(settings[place]) || `${kind}: not set`;
}

/** What is written as files. */
const BATCHED = ['s3', 'files'];

export const dialog = defineDialog({
  label: ({ name, kind, port, ...settings }) =>
    text(name) || placeOf(text(kind), settings) || `built-in broker :${String(port)}`,
  problems: problemsOf,
  widgets: {
    headers: rows({
      columns: [
        { key: 'name', label: 'label.header' },
        { key: 'value', label: 'label.value', placeholder: 'placeholder.headerValue' },
      ],
      add: () => ({ name: '', value: '' }),
    }),
    protect: rows({
      columns: [
        { key: 'field', label: 'label.field', width: 3, placeholder: 'placeholder.field' },
        {
          ...{ key: 'how', label: 'label.how', type: 'choice', width: 2 },
          options: ['leave-out', 'hash', 'encrypt'].map((value) => ({ value, label: `how.${value}` })),
        },
      ],
      add: () => ({ field: '', how: 'encrypt' }),
    }),
  },
  prepare(form) {
    const dialog = form.element('.millrace-target');
    const value = (name: string) => form.field(name).value;
    const show = () => {
      const kind = value('kind');
      const when = [value('when'), value('when') === 'schedule' ? value('schedule') : ''];
      for (const part of dialog.querySelectorAll<HTMLElement>('[data-kinds], [data-when]')) {
        const { kinds, when: times } = part.dataset;
        const hidden = times === undefined ? !words(kinds).includes(kind) : !words(times).some((t) => when.includes(t));
        part.toggleAttribute('hidden', hidden);
      }
      sayNow(form, dialog);
    };
    // What is right for one kind may be wrong for another: Node-RED asks again when a field says that it changed.
    let kind = value('kind');
    let batchedByUs = false;
    form.watch('kind', (chosen) => {
      // A file or an object for every few messages is nobody's wish.
      const wants = BATCHED.includes(chosen);
      if (chosen !== kind && wants !== batchedByUs && value('when') === (wants ? 'each' : 'batch')) {
        form.field('when').value = wants ? 'batch' : 'each';
        batchedByUs = wants;
      }
      kind = chosen;
      show();
      for (const input of dialog.querySelectorAll('[data-kinds] input')) input.dispatchEvent(new Event('change'));
    });
    for (const name of ['when', 'schedule']) form.watch(name, show);
    for (const event of ['input', 'change', 'click']) dialog.addEventListener(event, () => sayNow(form, dialog));
  },
});

const words = (list: string | undefined): readonly string[] => (list ?? '').split(' ');

/** Each section says in its heading what is set in it: nobody need open it to see. */
function sayNow(form: DialogForm, dialog: HTMLElement): void {
  const value = (name: string) => form.field(name).value.trim();
  const say = (section: string, ...parts: readonly string[]) => {
    const place = dialog.querySelector(`[data-section="${section}"] .millrace-more-now`);
    if (place) place.textContent = parts.filter(Boolean).join(' · ');
  };
  const times = value('when') === 'schedule' ? value('schedule') : value('when');
  const metered = Number(value('perHour')) > 0 ? form.text('now.metered', { size: value('perHour') }) : '';
  say(
    'sending',
    form.text(`now.${times}`, {
      messages: value('batchMessages'),
      seconds: value('batchSeconds'),
      cron: value('cron'),
    }),
    metered,
  );
  say('room', form.text(`now.${value('whenFull')}`));
  const fields = [...dialog.querySelectorAll<HTMLInputElement>('[data-widget="protect"] [data-control="field"]')];
  const named = fields.map((field) => field.value.trim()).filter(Boolean);
  say(
    'protection',
    named.length > 0 ? form.text('now.protected', { fields: named.join(', ') }) : form.text('now.nothing'),
  );
  const secured = ['mqtt', 'https', 'postgres'].includes(value('kind'));
  const own = ['ca', 'certificate', 'privateKey'].some((name) => value(name) !== '');
  say('more', secured && own ? form.text('now.certificates') : '');
}
