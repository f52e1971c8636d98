import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';

const RUNNER = new URL('./run-cases.ts', import.meta.url).pathname;

/**
 * Runs cases in a process of their own; where one ends the process, the rest goes on in another.
 *
 * @returns the reason of each case that is not passed
 */
export async function runAll(names: readonly string[]): Promise<Map<string, string>> {
  const reasons = new Map<string, string>();
  let rest = names;
  while (rest.length > 0) rest = await runSome(rest, reasons);
  return reasons;
}

/** @returns what is left to do */
async function runSome(names: readonly string[], reasons: Map<string, string>): Promise<readonly string[]> {
  const child = spawn(process.execPath, [RUNNER], { stdio: ['pipe', 'pipe', 'pipe'] });
  const ended = new Promise<string>((resolve) => {
    child.once('close', (status, signal) => resolve(signal ?? `exit code ${status}`));
  });
  let complaint = '';
  child.stderr.on('data', (text: Buffer) => (complaint = `${complaint}${text.toString()}`.slice(-2000)));
  child.stdin.on('error', () => undefined);
  child.stdin.end(`${names.join('\n')}\n`);
  let begun: string | undefined;
  let done = 0;
  for await (const line of createInterface({ input: child.stdout })) {
    const { name, reason } = JSON.parse(line) as { name: string; reason?: string | null };
    if (reason === undefined) {
      begun = name;
      continue;
    }
    begun = undefined;
    done++;
    if (reason !== null) reasons.set(name, reason);
  }
  const how = await ended;
  if (done === names.length) return [];
  if (begun === undefined) throw new Error(`the runner ended (${how}) between cases: ${complaint}`);
  reasons.set(begun, `ends the process: ${how}`);
  return names.slice(done + 1);
}
