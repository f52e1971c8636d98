import { component, defineDialog, type DialogForm } from '../../editor/index.ts';
import { actuatorKinds, actuators, FORMAT, type OutputValue, plannedBoard, safeValue } from './config.ts';
import { migrations } from './migrations.ts';

const editor = component({
  table: actuators,
  plannedBoard,
  /** In today's shape. */
  saved: (node) =>
    migrations
      .slice(Number(node['format'] ?? 0))
      .reduce<Readonly<Record<string, unknown>>>((held, migrate) => migrate(held), { ...node }),
  about({ kind, options }, form) {
    const key = actuatorKinds.find((each) => each === kind);
    if (key === undefined) return [];
    const { range, takes } = actuators[key];
    return [form.text('component.takes', { range }), whenStopped(safeValue(key, options), takes.tell, form)];
  },
});

function whenStopped(safe: OutputValue | undefined, tell: (value: OutputValue) => string, form: DialogForm): string {
  if (safe === undefined) return form.text('stopped.stays');
  if (safe === '') return form.text('stopped.blank');
  const told = tell(safe);
  return told === 'off' || told === '' ? form.text('stopped.off') : form.text('stopped.set', { value: told });
}

export const dialog = defineDialog({
  widgets: { kind: editor.widget },
  save: () => ({ ...editor.save(), format: FORMAT, pin: undefined }),
});
