import { defineDialog } from '../../editor/index.ts';

/** Which rows belong to which kind of target. */
const ROWS = { 'built-in': ['port'], mqtt: ['url', 'username', 'password', 'clientId'] };

const text = (setting: unknown) => (typeof setting === 'string' ? setting : '');

export const dialog = defineDialog({
  label: ({ name, kind, url, port }) =>
    text(name) || (kind === 'mqtt' ? text(url) : `built-in broker :${String(port)}`),
  prepare(form) {
    form.watch('kind', (kind) => {
      for (const [owner, rows] of Object.entries(ROWS)) for (const row of rows) form.show(row, owner === kind);
      form.element('.millrace-target-tip-built-in').toggleAttribute('hidden', kind !== 'built-in');
      form.element('.millrace-target-tip-mqtt').toggleAttribute('hidden', kind !== 'mqtt');
    });
  },
});
