import { defineDialog, portChoice, rows, showWiring, type WiringRow } from '../../editor/index.ts';
import { components, config, describeScene, ownProblem, userOf } from './config.ts';
import { signalRows } from './signal-rows.ts';

const text = (setting: unknown) => (typeof setting === 'string' ? setting : '');

/** What it is, in a few words: where it is plugged in, or what it is wired to. */
function what({ kind, scene, port, host }: Readonly<Record<string, unknown>>): string {
  if (kind === 'serial') return text(port).split('/').at(-1)?.slice(0, 40) || 'USB: no port chosen';
  if (kind === 'tcp') return text(host) || 'network: no address';
  return `${text(kind) || 'virtual'} ${text(scene) || 'pump'}`;
}

type Scene = ReturnType<typeof describeScene>;

const addressWords = (address: number) => `0x${address.toString(16).padStart(2, '0')}`;

function wiringOf({ inputs, outputs, chips }: Scene): WiringRow[] {
  const called = (kind: string) => components[kind]?.label ?? kind;
  return [
    ...inputs.map(({ pin, what: is, kind }) => ({ at: pin, what: is, by: `sensor: ${called(kind)}` })),
    ...outputs.map(({ pin, what: is, kind }) => ({ at: pin, what: is, by: `actuator: ${called(kind)}` })),
    ...chips.map(({ address, what: is, chip }) => ({
      ...{ at: addressWords(address), what: is, by: userOf(chip) },
    })),
  ];
}

export const dialog = defineDialog({
  label: (settings) => text(settings['name']) || what(settings),
  problems: ({ kind, port, host, scene, signals }) => {
    if (kind === 'serial') return text(port) === '' ? { port: 'choose the port that the board is plugged into' } : {};
    if (kind === 'tcp') return text(host) === '' ? { host: 'enter the name or address of the board' } : {};
    const parsed = scene === 'own' ? config.shape.signals.safeParse(signals) : undefined;
    const wrong = parsed?.success ? ownProblem(parsed.data) : undefined;
    return wrong ? { signals: `${wrong.signal}: ${wrong.problem}` } : {};
  },
  widgets: { port: portChoice(), signals: rows(signalRows) },
  prepare(form) {
    const dialog = form.element('.millrace-board-dialog');
    const wiring = form.element('[data-wiring]');
    const words = {
      at: form.text('wiring.at'),
      what: form.text('wiring.what'),
      by: form.text('wiring.by'),
    };
    const describe = () => {
      const draft = config.safeParse(form.settings());
      // A row that is being written is not whole yet: what was drawn last stays.
      if (!draft.success) return;
      const scene = describeScene(draft.data);
      showWiring(wiring, { about: scene.about, ...words }, wiringOf(scene));
    };
    const show = () => {
      const kind = form.field('kind').value;
      const scene = form.field('scene').value;
      for (const part of dialog.querySelectorAll<HTMLElement>('[data-kinds], [data-scene]')) {
        const { kinds, scene: only } = part.dataset;
        const shown = kinds?.split(' ').includes(kind) !== false && (only === undefined || only === scene);
        part.toggleAttribute('hidden', !shown);
      }
      describe();
      // What is wrong for one kind is right for another: Node-RED asks again when a field says that it changed.
      for (const asked of [form.field('host'), form.element('[data-widget="port"]')]) {
        asked.dispatchEvent(new Event('change'));
      }
    };
    for (const name of ['kind', 'scene']) form.watch(name, show);
    for (const event of ['input', 'change', 'click']) {
      form.element('[data-widget="signals"]').addEventListener(event, describe);
    }
  },
});
