import type { Board } from '../../runtime/devices/index.ts';
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
    node.status('waiting', 'connecting');
    const board = (await node.shared<Board>(node.settings.board)) ?? (await node.services.boards.standard());
    let connecting = false;

    const tell = () => {
      const value = output.value();
      if (connecting) return node.status('waiting', 'connecting');
      if (value === undefined) return node.status('waiting', 'ready');
      const told = actuators[kind].takes.tell(value);
      if (told === 'off') node.status('off', 'off');
      else if (told === 'on') node.status('active', 'on');
      else node.status('active', 'value', { value: told });
    };
    const output = board.output({
      ...{ holder: node.name, kind, pins, address, options, ...(name && { label: name }) },
      connecting: () => (connecting = true),
      lost(error) {
        connecting = false;
        node.fail(error);
      },
      back() {
        connecting = false;
        tell();
      },
    });
    tell();

    return {
      async input(message) {
        await output.set(readProperty(message, property));
        tell();
      },
      close: () => output.close(),
    };
  },
});
