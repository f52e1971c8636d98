/** What a user has without Millrace: Johnny-Five in the process itself, on the same board over TCP, with a Sensor a pin. */
import { connect } from 'node:net';
import bind from 'firmata-io';
import five from 'johnny-five';
import { openVirtualBoard } from '../../scripts/virtual-port.ts';
import type { Found } from './measure.ts';

const PINS = 6;
/** ms: Johnny-Five refuses less. */
const FASTEST = 10;

export async function measurePlain(seconds: number): Promise<Found> {
  const before = process.memoryUsage.rss();
  const uno = await openVirtualBoard();
  const socket = connect(uno.port, '127.0.0.1');
  const io = new bind.Firmata(socket);
  socket.once('connect', () => socket.emit('open'));
  const board = new five.Board({ io, repl: false, debug: false, sigint: false });
  await new Promise<void>((resolve) => board.once('ready', resolve));
  io.sysexCommand([0x7a, FASTEST, 0]);
  let values = 0;
  const sensors = Array.from({ length: PINS }, (_, pin) => {
    const sensor = new five.Sensor({ board, pin: `A${pin}`, freq: FASTEST });
    sensor.on('data', () => void values++);
    return sensor;
  });
  await new Promise((resolve) => setTimeout(resolve, 1000));
  values = 0;
  const cpu = process.cpuUsage();
  await new Promise((resolve) => setTimeout(resolve, seconds * 1000));
  const { user, system } = process.cpuUsage(cpu);
  const found: Found = {
    asked: 1000 / FASTEST,
    rate: values / PINS / seconds,
    missing: 0,
    cpu: (user + system) / seconds / 10_000,
    megabytes: (process.memoryUsage.rss() - before) / 1_048_576,
    // Its values carry no time at which they were read.
    latencies: [],
  };
  for (const sensor of sensors) sensor.freq = null;
  socket.destroy();
  await uno.close();
  return found;
}
