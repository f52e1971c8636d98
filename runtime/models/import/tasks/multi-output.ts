import { type Out, type ProposedTask, withRole } from './output-facts.ts';

/** Whatever else it answers, as it is. */
export function asMultiOutput(outs: readonly Out[]): ProposedTask | undefined {
  const [first] = outs;
  if (!first) return undefined;
  const because =
    outs.length > 1
      ? `It gives ${outs.length} outputs, which are neither a label with scores nor one number.`
      : `It gives ${first.width === undefined ? 'several' : first.width} values ("${first.name}"), and nothing says that they are scores of labels.`;
  return { task: 'multi-output', because, outputs: outs.map((out) => withRole(out, 'other')), warnings: [] };
}
