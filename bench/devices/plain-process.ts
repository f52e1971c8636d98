/** Johnny-Five in the process itself, on a board over TCP, with a Sensor a pin. It prints what it found. */
import { connect } from 'node:net';

const before = process.memoryUsage.rss();
const { default: bind } = await import('firmata-io');
const { default: five } = await import('johnny-five');

const PINS = 6;
/** ms: Johnny-Five refuses less. */
const FASTEST = 10;

const { place, seconds } = JSON.parse(process.argv[2] ?? '') as { place: { tcpPort: number }; seconds: number };
const socket = connect(place.tcpPort, '127.0.0.1');
const io = new bind.Firmata(socket);
socket.once('connect', () => socket.emit('open'));
const board = new five.Board({ io, repl: false, debug: false, sigint: false });
await new Promise<void>((resolve) => board.once('ready', resolve));
io.sysexCommand([0x7a, FASTEST, 0]);
let values = 0;
for (let pin = 0; pin < PINS; pin++) {
  const sensor = new five.Sensor({ board, pin: `A${pin}`, freq: FASTEST });
  sensor.on('data', () => void values++);
}
await new Promise((resolve) => setTimeout(resolve, 1000));
values = 0;
const cpu = process.cpuUsage();
await new Promise((resolve) => setTimeout(resolve, seconds * 1000));
const { user, system } = process.cpuUsage(cpu);
const found = {
  asked: 1000 / FASTEST,
  rate: values / PINS / seconds,
  missing: 0,
  cpu: (user + system) / seconds / 10_000,
  megabytes: (process.memoryUsage.rss() - before) / 1_048_576,
};
// Nothing ends what Johnny-Five has started.
process.stdout.write(`${JSON.stringify(found)}\n`, () => process.exit(0));
