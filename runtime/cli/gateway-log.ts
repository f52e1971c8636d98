import { MillraceError } from '../base/index.ts';
import type { LogLine } from '../messages/index.ts';
import { connectGateway, gatewayPaths, readGatewayLog } from '../rollout/index.ts';
import { errors } from './errors.ts';
import type { GatewayLogOptions } from './gateway-program.ts';
import type { Terminal } from './terminal.ts';

/** `millrace gateway log` @throws GATEWAY_NOT_RUNNING with --follow, OPTION_INVALID */
export async function gatewayLog(options: GatewayLogOptions, terminal: Terminal): Promise<void> {
  const { userDir, follow = false, json } = options;
  const count = Number(options.lines);
  if (!Number.isInteger(count) || count < 0) {
    throw errors.OPTION_INVALID({ option: '--lines', value: options.lines, expected: 'a count: 200' });
  }
  const print = (line: LogLine) => terminal.result(json ? JSON.stringify(line) : showLine(line));
  const onDisk = readGatewayLog(gatewayPaths(userDir).log);
  const control = await connectGateway(userDir).catch((error: unknown) => {
    if (!follow && error instanceof MillraceError && error.code === 'GATEWAY_NOT_RUNNING') return undefined;
    throw error;
  });
  if (!control) return newest(onDisk, count).forEach(print);
  try {
    let last = onDisk.at(-1)?.sequence ?? 0;
    const early: LogLine[] = [];
    let show = (line: LogLine): void => void early.push(line);
    const rest = await control.log(last, follow ? (line) => show(line) : undefined);
    for (const line of newest([...onDisk, ...rest], count)) print(line);
    last = rest.at(-1)?.sequence ?? last;
    if (!follow) return;
    for (const line of early) if (line.sequence > last) print(line);
    show = print;
    await control.closed;
    terminal.progress('The gateway has ended.');
  } finally {
    control.close();
  }
}

const newest = (lines: readonly LogLine[], count: number) => (count === 0 ? [] : lines.slice(-count));

const showLine = ({ time, source, text }: LogLine) =>
  `${new Date(time).toISOString().replace('T', ' ').slice(0, 19)} ${source.padEnd(7)} ${text}`;
