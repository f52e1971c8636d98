import { component, defineDialog } from '../../editor/index.ts';
import { FORMAT, plannedBoard, sensors } from './config.ts';
import { migrations } from './migrations.ts';

const editor = component({
  table: sensors,
  plannedBoard,
  /** In today's shape. */
  saved: (node) =>
    migrations
      .slice(Number(node['format'] ?? 0))
      .reduce<Readonly<Record<string, unknown>>>((held, migrate) => migrate(held), { ...node }),
  onKind: (kind, form) => form.show('period', sensors[kind]?.onChange !== true),
});

export const dialog = defineDialog({
  widgets: { kind: editor.widget },
  save: () => ({ ...editor.save(), format: FORMAT, pin: undefined }),
});
