/** The run's side of the channel to the supervisor that started it. */
import { type Clock, metricsText, type PlainError, type Timer } from '../base/index.ts';
import { type BoardProfile, type FlowMessage, flowRequest, type Vitals } from '../messages/index.ts';

/** How often the supervisor hears of the run, ms. */
const PERIOD = 1000;

export interface SupervisorChannel {
  /** Resolves when the supervisor is gone: it has closed the channel, or was killed. */
  readonly gone: Promise<void>;
  /** Says what goes on until the flow runs; said again once a second, so that the supervisor sees it is alive. */
  starting(what: string): void;
  /** The flow runs: from now on its vitals. */
  ready(running: { vitals(): Vitals; boards(): readonly BoardProfile[] }): void;
  /** Why it ends by itself; resolves when that was handed over. */
  ending(error: PlainError): Promise<void>;
  /** Without this the channel holds the process. */
  close(): void;
}

/** The channel of a process that was started with one; where there is none nothing is told to anybody. */
export function supervisorChannel(clock: Clock, channel: NodeJS.Process = process): SupervisorChannel {
  let timer: Timer | undefined;
  let boards: () => readonly BoardProfile[] = () => [];
  const tell = (message: FlowMessage) =>
    new Promise<void>((resolve) => {
      if (!channel.connected || !channel.send) return resolve();
      channel.send(message, undefined, undefined, () => resolve());
    });
  const again = (message: () => FlowMessage) => {
    timer?.cancel();
    void tell(message());
    timer = clock.every(PERIOD, () => void tell(message()));
  };
  channel.on('message', (message: unknown) => {
    const request = flowRequest.safeParse(message);
    if (!request.success) return;
    const { type, id } = request.data;
    void tell(type === 'metrics' ? { type, id, text: metricsText() } : { type, id, boards: [...boards()] });
  });
  return {
    gone: new Promise((resolve) => channel.once('disconnect', resolve)),
    starting: (what) => again(() => ({ type: 'starting', what })),
    ready(running) {
      boards = () => running.boards();
      void tell({ type: 'ready' });
      again(() => ({ type: 'vitals', vitals: running.vitals() }));
    },
    ending: ({ code, message, hint }) => tell({ type: 'ending', code, message, hint }),
    close() {
      timer?.cancel();
      if (channel.connected) channel.disconnect();
    },
  };
}
