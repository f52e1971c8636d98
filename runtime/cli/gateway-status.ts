import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import { MillraceError, systemClock } from '../base/index.ts';
import { gatewayIdentity, gatewayStatus as statusSchema } from '../messages/index.ts';
import { connectGateway, gatewayPaths, readGatewaySettings } from '../rollout/index.ts';
import { showDate } from './columns.ts';
import { MILLRACE } from './command-name.ts';
import { eventLines, linkWords, problemLines, statusLines } from './gateway-lines.ts';
import type { GatewayOptions } from './gateway-program.ts';
import type { Terminal } from './terminal.ts';

const EVENTS = 8;
/** What a gateway writes down whenever something other than its vitals changes. */
const keptStatus = z.object({ time: z.number(), identity: gatewayIdentity, status: statusSchema });

/** `millrace gateway status` @returns whether its flow is up */
export async function gatewayStatus({ userDir, json }: GatewayOptions, terminal: Terminal): Promise<boolean> {
  // What is wrong with the file is part of a running gateway's status.
  const settings = await readGatewaySettings(userDir).catch(() => undefined);
  const studio = settings?.studio;
  const control = await connectGateway(userDir).catch((error: unknown) => {
    if (error instanceof MillraceError && error.code === 'GATEWAY_NOT_RUNNING') return undefined;
    throw error;
  });
  if (!control) {
    const kept = await readKept(gatewayPaths(userDir).status);
    if (json) terminal.result(JSON.stringify({ running: false, ...kept }));
    else if (kept) {
      terminal.result(`Gateway "${kept.identity.name}" is stopped. How it was at ${showDate(kept.time)}:`);
      for (const line of statusLines(kept.status, kept.time)) terminal.result(line);
    } else terminal.result(`No gateway was ever started in ${userDir}.`);
    terminal.progress(`\nStart it: ${MILLRACE} gateway start`);
    return false;
  }
  try {
    const [identity, status, events, link] = await Promise.all([
      control.identity(),
      control.status(),
      control.events(0),
      control.link(),
    ]);
    if (json) {
      const at = studio && { studio: studio.addresses, link };
      terminal.result(JSON.stringify({ running: true, identity, status, events, ...at }));
    } else {
      terminal.result(`Gateway "${identity.name}" (group ${identity.group}), Millrace ${identity.version}`);
      for (const line of statusLines(status, systemClock.now())) terminal.result(line);
      const where = studio
        ? `${studio.addresses.join(', ')}, ${linkWords(link, systemClock.now())}`
        : settings
          ? 'not paired'
          : 'unknown';
      terminal.result(`  studio  ${where}`);
      say(terminal, 'What is the matter', status.problem ? problemLines(status.problem) : []);
      say(terminal, 'What happened', eventLines(events.slice(-EVENTS)));
    }
    return status.process === 'running';
  } finally {
    control.close();
  }
}

function say(terminal: Terminal, title: string, lines: readonly string[]): void {
  if (lines.length === 0) return;
  terminal.result('');
  terminal.result(title);
  for (const line of lines) terminal.result(line);
}

async function readKept(file: string): Promise<z.output<typeof keptStatus> | undefined> {
  try {
    return keptStatus.parse(JSON.parse(await readFile(file, 'utf8')));
  } catch {
    return undefined;
  }
}
