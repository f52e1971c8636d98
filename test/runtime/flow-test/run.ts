/** Runs a test of a flow as `millrace test` does, in a process of its own; only Node-RED's own nodes are there. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { runApart } from '../../../runtime/flow-test/run-apart.ts';
import { flowTest } from '../../../runtime/messages/index.ts';

export type FlowNode = Record<string, unknown> & { readonly id: string; readonly type: string };

export async function run(
  flow: readonly FlowNode[],
  test: Record<string, unknown>,
  files: Record<string, string> = {},
) {
  const userDir = await mkdtemp(join(tmpdir(), 'millrace-flow-test-'));
  onTestFinished(() => rm(userDir, { recursive: true, force: true }));
  const parsed = flowTest.parse({ format: 1, name: 'test', ...test });
  const file = { file: 'flow.json', text: JSON.stringify(flow) };
  const outcome = await runApart({ flow: file, test: parsed, recordings: files, userDir, palette: false });
  const failed = outcome.expectations.filter(({ passed }) => !passed);
  return { ...outcome, failed: failed.map(({ difference }) => difference?.join('\n')) };
}

export const tab = { id: 'tab', type: 'tab', label: 'Test' };

/** A node on the tab, wired at output 1. */
export const node = (type: string, id: string, to: readonly string[] = [], more: Record<string, unknown> = {}) =>
  ({ id, type, z: 'tab', name: id, x: 1, y: 1, wires: type === 'debug' ? [] : [to], ...more }) as FlowNode;

export const func = (id: string, code: string, to: readonly string[] = [], more: Record<string, unknown> = {}) =>
  node('function', id, to, { func: code, outputs: 1, libs: [], ...more });

export const inject = (id: string, to: readonly string[], more: Record<string, unknown> = {}) =>
  node('inject', id, to, {
    ...{
      props: [{ p: 'payload' }],
      payload: '',
      payloadType: 'date',
      repeat: '',
      crontab: '',
      once: false,
      onceDelay: 0.1,
    },
    ...more,
  });
