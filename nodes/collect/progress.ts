import type { Clock, Timer } from '../../runtime/base/index.ts';
import type { CollectorState } from '../../runtime/datasets/index.ts';
import type { NodeContext } from '../../runtime/node-red/index.ts';

/** ms between two looks of a stream; then, how long until what was recorded no longer is. */
const EVERY = 150;
const LATER = 1_600;

interface Progress {
  readonly clock: Clock;
  readonly node: Pick<NodeContext<unknown>, 'status' | 'show'>;
  readonly dataSet: string;
  /** Labels come from buttons. */
  readonly buttons: boolean;
  state(): CollectorState;
}

/** Words and numbers for what a collector does, a few times a second. */
export function progress({ clock, node, dataSet, buttons, state }: Progress) {
  let timer: Timer | undefined;
  let later: Timer | undefined;
  let closed = false;

  const say = () => {
    timer = undefined;
    later?.cancel();
    const { labels, unlabelled, recording, full, arrived, refused, examples } = state();
    node.show({
      kind: 'collect',
      dataSet,
      labels: [...labels],
      unlabelled,
      recording,
      buttons,
      arrived,
      refused: [...refused],
    });
    const count = (of: CollectorState['recording']) => labels.find(({ label }) => label === of)?.examples ?? 0;
    if (recording !== null) {
      const values = { label: short(recording), count: shortly(count(recording)) };
      if (full) node.status('warning', 'full', values);
      else node.status('active', 'recording', values);
      // Where labels come with messages, nobody says when the last one has come.
      later = clock.after(LATER, say);
    } else if (examples > 0) node.status('ok', 'ready', { count: shortly(examples) });
    else node.status('waiting', buttons ? 'press' : 'waiting');
  };

  return {
    /** Something may have changed. */
    soon() {
      if (!closed) timer ??= clock.after(EVERY, say);
    },
    close() {
      closed = true;
      timer?.cancel();
      later?.cancel();
    },
  };
}

/** As few characters as a status has room for. */
const short = (label: string | number): string => {
  const text = String(label);
  return text.length > 8 ? `${text.slice(0, 7)}…` : text;
};
const shortly = (count: number): string => (count < 10_000 ? String(count) : `${Math.round(count / 1000)}k`);
