import type { Given } from '../../../runtime/messages/index.ts';
import { TEST_WORDS as WORDS } from '../../look/test-words.ts';
import { IconButton } from '../button.tsx';
import { Choice, Field } from './field.tsx';
import { type FlowNode, nodeNamed } from './flow-nodes.ts';
import { Json } from './play-row.tsx';
import { Problems, type RowProblems } from './row-problems.tsx';
import { parseAmount, showDuration } from './amounts.ts';

interface GiveRowProps {
  readonly given: Given;
  readonly nodes: readonly FlowNode[];
  readonly problems: RowProblems;
  change(next?: Given): void;
}

/** Nodes that something can be given to: those with an input, and the buttons. */
export const takers = (nodes: readonly FlowNode[]): FlowNode[] => [
  ...nodes.filter(({ type }) => type === 'inject'),
  ...nodes.filter(({ type, inputs }) => type !== 'inject' && inputs > 0),
];

/** A button that is pressed, or a message that reaches a node. */
export function GiveRow({ given, nodes, problems, change }: GiveRowProps) {
  const { node: key, at, message } = given;
  const node = nodeNamed(nodes, key);
  const isButton = node?.type === 'inject';
  const choose = (next: string) => {
    const { message: old, ...rest } = given;
    const button = nodeNamed(nodes, next)?.type === 'inject';
    change({ ...rest, node: next, ...(!button && { message: old ?? { payload: 0 } }) });
  };
  return (
    <li class="millrace-row">
      <div>
        <Choice
          label={WORDS.node}
          value={node?.key ?? key}
          options={takers(nodes).map((each) => [each.key, each.label])}
          change={choose}
        />
        <IconButton icon="times" label={WORDS.removeRow} act={() => change()} />
      </div>
      <div>
        <span>
          {isButton ? WORDS.isPressed : WORDS.getsMessage} {WORDS.at}
        </span>
        <Field
          size="short"
          label={WORDS.begins}
          value={at}
          show={(time) => (time === 0 ? '' : showDuration(time))}
          parse={(text) => parseAmount(text) ?? 0}
          placeholder={WORDS.theStart}
          change={(next) => change({ ...given, at: next ?? 0 })}
        />
      </div>
      {message !== undefined && (
        <Json
          label={WORDS.message}
          value={message}
          change={(next) => change({ ...given, message: next as Record<string, unknown> })}
        />
      )}
      <Problems problems={problems} />
    </li>
  );
}
