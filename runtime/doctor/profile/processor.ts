import { availableParallelism, cpus } from 'node:os';
import { join } from 'node:path';
import type { MachineProfile } from '../../messages/index.ts';
import { controlGroup } from './control-group.ts';
import { textOf } from './text-of.ts';

export async function processorProfile(): Promise<MachineProfile['cpu']> {
  const quota = await quotaOf();
  return {
    model: (await modelName()) || 'unknown',
    cores: availableParallelism(),
    ...(quota !== undefined && { quota }),
  };
}

/** On ARM the kernel names the board instead of the processor. */
async function modelName(): Promise<string> {
  const [first] = cpus();
  const named = first?.model.trim() ?? '';
  if (named !== '' && named !== 'unknown') return named;
  return (await textOf('/proc/device-tree/model')).replaceAll('\0', '');
}

/** `cpu.max`: µs of time that are allowed in a period of so many µs. */
async function quotaOf(): Promise<number | undefined> {
  const group = await controlGroup();
  if (group === undefined) return undefined;
  const [allowed, period] = (await textOf(join(group, 'cpu.max'))).split(' ').map(Number);
  return allowed !== undefined && period !== undefined && allowed > 0 && period > 0 ? allowed / period : undefined;
}
