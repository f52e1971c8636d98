import { type DialogForm, defineDialog } from '../../editor/index.ts';
import { EXAMPLE_RECORDING } from './config.ts';

/** As the gateway lists them. */
interface Entry {
  readonly name: string;
  readonly title: string;
  readonly format: string;
  readonly bytes: number;
  readonly messages?: number;
  readonly started?: number;
  readonly shipped: boolean;
  readonly problem?: string;
}
interface Answer {
  readonly recordings: readonly Entry[];
  readonly played?: { readonly messages: number; readonly lateness: { readonly p99: number } };
}

/** Chosen in the list to name a file by its path. */
const FILE = '\0file';

export const dialog = defineDialog({
  label: ({ recording }) => (typeof recording === 'string' && recording !== '' ? `replay ${recording}` : ''),
  prepare(form) {
    const choice = form.element('.millrace-recordings') as HTMLSelectElement;
    const field = form.field('recording');
    let entries: readonly Entry[] = [];
    let punctual = '';

    const follow = () => {
      const isFile = choice.value === FILE;
      if (!isFile) field.value = choice.value;
      else if (entries.some(({ name }) => name === field.value)) field.value = '';
      field.dispatchEvent(new Event('change', { bubbles: true }));
      form.show('recording', isFile);
      const entry = entries.find(({ name }) => name === choice.value);
      // Millrace's own recordings say when each message came.
      const foreign = isFile || (entry !== undefined && entry.format !== 'jsonl' && entry.started === undefined);
      for (const name of ['timeColumn', 'timeUnit', 'rate']) form.show(name, foreign);
      form.element('.form-tips').textContent = [tip(form, entry, isFile), punctual].filter(Boolean).join(' ');
    };
    const fill = (answer: Answer | undefined) => {
      entries = withTitles(answer?.recordings ?? []);
      const late = answer?.played?.lateness.p99 ?? 0;
      if (late > 0) punctual = form.text('tip.punctual', { late: Number(late.toPrecision(2)) });
      const present = field.value || EXAMPLE_RECORDING;
      const known = entries.some(({ name }) => name === present);
      // The gateway may be away: then what is chosen is all that is known.
      const shown = answer || known ? [] : [option(present, present)];
      choice.replaceChildren(
        ...shown,
        ...entries.map((entry) => option(entry.name, words(form, entry))),
        option(FILE, form.text('label.file')),
      );
      choice.value = known || !answer ? present : FILE;
      follow();
    };

    form.watch('speed', (speed) => form.show('factor', speed === 'factor'));
    choice.addEventListener('change', follow);
    fill(undefined);
    form.preview().then(
      (answer) => fill(answer as Answer),
      (error: unknown) => {
        form.element('.form-tips').textContent = error instanceof Error ? error.message : String(error);
      },
    );
  },
});

/** Each title stands for its newest recording; where there are several, each can be chosen too. */
function withTitles(entries: readonly Entry[]): Entry[] {
  const titles = new Set<string>();
  return entries.flatMap((entry) => {
    if (titles.has(entry.title)) return [entry];
    titles.add(entry.title);
    const alone = entries.filter(({ title }) => title === entry.title).length === 1;
    const newest = { ...entry, name: entry.title };
    return alone || entry.name === entry.title ? [newest] : [newest, entry];
  });
}

function option(value: string, text: string): HTMLOptionElement {
  const made = document.createElement('option');
  made.value = value;
  made.textContent = text;
  return made;
}

function words(form: DialogForm, { name, title, started, shipped }: Entry): string {
  if (shipped) return form.text('entry.shipped', { title });
  if (started === undefined) return title;
  const time = new Date(started).toLocaleString();
  return name === title ? form.text('entry.newest', { title, time }) : form.text('entry.take', { title, time });
}

function tip(form: DialogForm, entry: Entry | undefined, isFile: boolean): string {
  if (isFile) return form.text('tip.file');
  if (!entry) return '';
  if (entry.problem !== undefined) return entry.problem;
  const size = entry.bytes < 1e6 ? `${Math.ceil(entry.bytes / 1000)} kB` : `${(entry.bytes / 1e6).toFixed(1)} MB`;
  const about = entry.messages === undefined ? size : form.text('tip.entry', { messages: entry.messages, size });
  return entry.shipped ? `${about}. ${form.text('tip.shipped')}` : `${about}.`;
}
