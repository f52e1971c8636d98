import { errors } from '../errors.ts';
import type { FlowNode } from '../types.ts';
import type { Findings } from './findings.ts';
import { activeNodes, called, isSetting, textOf } from './nodes.ts';
import type { PackOptions } from './options.ts';

/** What a replay node plays where nothing was chosen. */
const EXAMPLE = 'pump-faults';

/** The recordings that the flow's replay nodes play, as files of a folder that a gateway looks for recordings in. */
export async function gatherRecordings(
  flow: readonly FlowNode[],
  recording: PackOptions['recording'],
  findings: Findings,
): Promise<Map<string, Uint8Array>> {
  const files = new Map<string, Uint8Array>();
  const nodes = activeNodes(flow);
  const seen = new Set<string>();
  const made = new Set(nodes.filter(({ type }) => type === 'record').map((node) => recordedAs(node)));
  for (const node of nodes.filter(({ type }) => type === 'replay')) {
    const name = node['recording'] === undefined ? EXAMPLE : textOf(node, 'recording');
    if (isSetting(name) || seen.has(name)) continue;
    seen.add(name);
    const isPath = /[/\\]/.test(name);
    const found = isPath ? undefined : await recording?.(name);
    if (found) files.set(`recordings/${name}${found.extension}`.normalize('NFC'), found.bytes);
    // The device makes it itself.
    else if (!made.has(name))
      findings.warn(errors.RECORDING_NOT_PACKED({ node: called(node), recording: name, isPath }));
  }
  return files;
}

const recordedAs = (node: FlowNode): string => textOf(node, 'recording') || textOf(node, 'name') || `record ${node.id}`;
