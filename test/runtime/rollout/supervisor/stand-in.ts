/**
 * Stands in for `millrace`: speaks to its supervisor as `millrace run DIRECTORY --supervised` does, and behaves as the bundle
 * in DIRECTORY is called, or DIRECTORY itself.
 */
import { appendFileSync, existsSync, readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';

const directory = process.argv[3] ?? '';
const manifest = join(directory, 'bundle.json');
const behaviour = existsSync(manifest)
  ? (JSON.parse(readFileSync(manifest, 'utf8')) as { name: string }).name
  : basename(directory);
const say = (message: object) => process.send?.(message);
const note = (text: string) => appendFileSync(join(dirname(directory), 'notes'), `${text}\n`);

const vitals = () => ({
  ...{ uptime: process.uptime() * 1000, lag: 1, errors: 0, rss: process.memoryUsage.rss(), heap: 1, handles: 1 },
  outbox: { depth: 0, oldestMs: 0, sent: 0, failures: 0, unreachable: 0 },
  ...{ vectors: { checked: 0, failed: [] }, missing: [], predictions: 0 },
});
const ready = () => {
  say({ type: 'ready' });
  say({ type: 'vitals', vitals: vitals() });
  setInterval(() => say({ type: 'vitals', vitals: vitals() }), 50);
};
const endInOrder = () => {
  note(`ended ${process.pid}`);
  process.exit(0);
};
process.on('SIGTERM', endInOrder);
process.on('disconnect', endInOrder);
const uno = { port: '/dev/ttyACM0', firmware: 'StandardFirmata 2.5', features: [], pins: [] };
const more = behaviour === 'wordy' ? 'x'.repeat(200_000) : '';
process.on('message', ({ type, id }: { type: string; id: number }) =>
  say(type === 'boards' ? { type, id, boards: [uno] } : { type, id, text: `up 1 # ${process.pid}${more}` }),
);

note(`started ${process.pid} ${process.argv.slice(4).join(' ')}`);
say({ type: 'starting', what: 'loading the models' });
const loop = () => {
  for (;;);
};
const behaviours: Record<string, () => unknown> = {
  steady: ready,
  /** So are its metrics. */
  wordy: ready,
  talks() {
    ready();
    process.stdout.write('a line of the flow\n');
    process.stderr.write('\u001B[31mand one in red\u001B[0m\n');
  },
  shows() {
    ready();
    process.stdout.write(`kept in ${process.env['NODE_COMPILE_CACHE']}\n`);
  },
  throwsEarly() {
    throw new Error('the pump is not there');
  },
  throws() {
    ready();
    setTimeout(() => {
      throw new Error('the pump is on fire');
    }, 30);
  },
  tells() {
    say({ type: 'ending', code: 'SETTING_MISSING', message: 'CLOUD_PASSWORD is not set', hint: 'Set it.' });
    process.exit(1);
  },
  hangs() {
    ready();
    setTimeout(loop, 30);
  },
  hangsEarly: () => setTimeout(loop, 30),
  hoards() {
    ready();
    const held: Buffer[] = [];
    setInterval(() => held.push(Buffer.alloc(20_000_000, 1)), 20);
  },
  full() {
    ready();
    say({ type: 'ending', code: 'MEMORY_CEILING', message: 'the flow has reached its memory ceiling', hint: 'More.' });
    process.exit(3);
  },
  killed() {
    ready();
    setTimeout(() => process.kill(process.pid, 'SIGKILL'), 30);
  },
  /** Throws at its first two starts. */
  third() {
    const before = ['1', '2'].find((one) => !existsSync(join(dirname(directory), one)));
    if (before === undefined) return ready();
    appendFileSync(join(dirname(directory), before), '');
    throw new Error('not yet');
  },
};
behaviours[behaviour]?.();
