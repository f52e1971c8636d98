/** A board at the other end of a wire. It prints where, as JSON, and ends with its standard input. */
import { openVirtualBoard, openVirtualPort } from '../../scripts/virtual-port.ts';

export type Plugged = 'serial' | 'tcp';
export type Place =
  { readonly port: string; readonly baud: number } | { readonly host: string; readonly tcpPort: number };

/** A line of a real wire. */
const BAUD = 57_600;

async function plugIn(kind: Plugged): Promise<{ readonly place: Place; close(): Promise<void> }> {
  if (kind === 'serial') {
    const port = await openVirtualPort({ baud: BAUD });
    return { place: { port: port.path, baud: BAUD }, close: () => port.close() };
  }
  const board = await openVirtualBoard();
  return { place: { host: '127.0.0.1', tcpPort: board.port }, close: () => board.close() };
}

const { place, close } = await plugIn(process.argv[2] === 'serial' ? 'serial' : 'tcp');
process.stdout.write(`${JSON.stringify(place)}\n`);
process.stdin.resume().once('end', () => void close());
