import { asMillraceError } from '../../runtime/base/index.ts';
import { trainCommand, type TrainingState } from '../../runtime/messages/index.ts';
import { defineNode, type NodeMessage, parseRequest } from '../../runtime/node-red/index.ts';
import { config } from './config.ts';
import { outcomeOf } from './outcome.ts';
import { chooseDataSet, modelName } from './targets.ts';
import { tell } from './words.ts';

const isOver = ({ state }: TrainingState) => state !== 'waiting' && state !== 'running';

export default defineNode({
  type: 'train',
  config,
  async setup(node) {
    const { dataSets, learning } = node.services;
    const { alias, choices } = node.settings;
    /** Of each training that a message began: what its end resolves. */
    const asked = new Map<string, (ended: TrainingState | undefined) => void>();

    /** The model's name as it was last known: it may follow from the data set. */
    let named = node.settings.model.trim();
    const targets = async () => {
      const dataSet = chooseDataSet(await dataSets.list(), node.settings.dataSet) ?? 'examples';
      named = modelName(node.settings.model, dataSet);
      return { dataSet, model: named };
    };
    const mine = () => learning.trainings().find((one) => one.node === node.id && !isOver(one));
    const begin = async () => {
      const request = { ...(await targets()), choices, ...(alias.trim() !== '' && { alias: alias.trim() }) };
      return (await learning.train(request, node.id)).state;
    };
    const cancel = () => {
      const running = mine();
      if (running) learning.cancel(running.id);
    };
    /** What a training brought; nothing of one that was cancelled. @throws why it failed */
    const brought = ({ report, error }: TrainingState): NodeMessage | undefined => {
      if (error) throw asMillraceError(error);
      return report && outcomeOf(report);
    };

    const unlisten = learning.onChange((state) => {
      if (state.node !== node.id) {
        // From the sidebar, or by another node: the model of this one is another now.
        if (state.state === 'done' && state.model === named && !mine()) tell(node, state);
        return;
      }
      tell(node, state);
      if (!isOver(state)) return;
      const resolve = asked.get(state.id);
      asked.delete(state.id);
      if (resolve) return resolve(state);
      // Begun by a button, or before the last deploy.
      try {
        const message = brought(state);
        if (message) node.send(message);
      } catch (thrown) {
        node.fail(thrown);
      }
    });

    const running = mine();
    if (running) tell(node, running);
    else await sayIdle();

    async function sayIdle() {
      const { dataSet, model } = await targets();
      const report = await learning.report(model).catch(() => undefined);
      const idle = { id: '', node: node.id, dataSet, model, progress: 0, step: '', started: 0 };
      if (report) return tell(node, { ...idle, state: 'done', report });
      node.status('waiting', 'idle');
      node.show({ kind: 'training', dataSet, model, state: 'idle', progress: 0, step: '' });
    }

    return {
      async input(message, send) {
        if (message['train'] === 'cancel') return cancel();
        const { id } = await begin();
        const ended = await new Promise<TrainingState | undefined>((resolve) => {
          asked.set(id, resolve);
        });
        const outcome = ended && brought(ended);
        if (outcome) send({ ...message, ...outcome });
      },
      async told(command) {
        if (parseRequest(trainCommand, command).train === 'cancel') return cancel();
        return { training: (await begin()).id };
      },
      // A deploy does not end a training: the node that comes in this one's place hears of its end.
      leaving() {
        for (const resolve of asked.values()) resolve(undefined);
        asked.clear();
      },
      close(removed) {
        unlisten();
        if (removed) cancel();
      },
    };
  },
});
