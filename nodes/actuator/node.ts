import type { Board } from '../../runtime/devices/index.ts';
import { readProperty } from '../../runtime/messages/index.ts';
import { defineNode } from '../../runtime/node-red/index.ts';
import { config } from './config.ts';

export default defineNode({
  type: 'actuator',
  config,
  async setup(node) {
    const { name, kind, pin, property } = node.settings;
    const board = (await node.shared<Board>(node.settings.board)) ?? (await node.services.boards.standard());
    let value: number | undefined;

    const tell = () => {
      if (value === undefined) node.status('waiting', 'ready');
      else if (kind === 'servo') node.status('active', 'angle', { degrees: Math.round(value) });
      else if (value === 0) node.status('off', 'off');
      else if (value === 1) node.status('active', 'on');
      else node.status('active', 'share', { percent: Math.round(value * 100) });
    };
    const output = board.output({
      ...{ holder: node.name, kind, pin, ...(name && { label: name }) },
      lost: (error) => node.fail(error),
      back: tell,
    });
    tell();

    return {
      async input(message) {
        value = await output.set(readProperty(message, property));
        tell();
      },
      close: () => output.close(),
    };
  },
});
