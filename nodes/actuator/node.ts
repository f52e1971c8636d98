import type { Board, Output } from '../../runtime/devices/index.ts';
import { readProperty } from '../../runtime/messages/index.ts';
import { defineNode } from '../../runtime/node-red/index.ts';
import { actuators, config } from './config.ts';
import { migrations } from './migrations.ts';

export default defineNode({
  type: 'actuator',
  config,
  migrations,
  async setup(node) {
    const { name, kind, pins, address, options, property } = node.settings;
    const board = (await node.shared<Board>(node.settings.board)) ?? (await node.services.boards.standard());
    let value: Awaited<ReturnType<Output['set']>> | undefined;

    const tell = () => {
      if (value === undefined) return node.status('waiting', 'ready');
      const told = actuators[kind].takes.tell(value);
      if (told === 'off') node.status('off', 'off');
      else if (told === 'on') node.status('active', 'on');
      else node.status('active', 'value', { value: told });
    };
    const output = board.output({
      ...{ holder: node.name, kind, pins, address, options, ...(name && { label: name }) },
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
