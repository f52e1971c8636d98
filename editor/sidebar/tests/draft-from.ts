import type { RecordingRow } from '../../../runtime/messages/index.ts';
import { type Draft, fileOfRecording, newDraft } from './draft.ts';
import { type FlowNode, flowNodes } from './flow-nodes.ts';

type Recorded = Pick<RecordingRow, 'name' | 'title' | 'format' | 'files'>;

/** A test that plays a recording at the node that it was made of, as far as that can be told. */
export function draftFrom(row: Recorded): Draft {
  const file = fileOfRecording(row.name, row.format, row.files);
  const node = likelyNode(flowNodes(), row.title);
  return newDraft({ play: [{ node: node?.key ?? '', output: 1, recording: file, at: 0 }] }, { [file]: row.name });
}

/** The test that is open plays it as well; one that may not be changed makes room for a new one. */
export function withRecording(open: Draft | undefined, row: Recorded): Draft {
  const made = draftFrom(row);
  if (!open || open.readOnly) return made;
  const test = { ...open.test, play: [...open.test.play, ...made.test.play] };
  return { ...open, test, recordings: { ...open.recordings, ...made.recordings } };
}

/** A recording is called as its node was; else a node that starts a stream is the likeliest. */
export const likelyNode = (nodes: readonly FlowNode[], title: string): FlowNode | undefined =>
  nodes.find(({ label }) => plain(label) === plain(title)) ??
  nodes.find(({ type, outputs }) => outputs > 0 && (type === 'pins' || type === 'sensor')) ??
  nodes.find(({ type, outputs }) => outputs > 0 && type !== 'inject');

/** As the gateway makes a file name of a label. */
const plain = (label: string) => label.replace(/[^\p{L}\p{N}._-]+/gu, ' ').trim();
