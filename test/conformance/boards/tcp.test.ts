import { openVirtualBoard } from '../../../scripts/virtual-port.ts';
import { boardsConform } from './conformance.ts';
import { wired } from './wired.ts';

boardsConform(
  wired('tcp', async (options) => {
    const board = await openVirtualBoard(options);
    return { ...board, settings: { kind: 'tcp', host: '127.0.0.1', tcpPort: board.port } };
  }),
);
