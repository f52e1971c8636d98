/**
 * `defineNode`: the one place that knows Node-RED's traps. A node folder says what its node does; this says how that
 * becomes a Node-RED node: settings parsed, errors reported once, closing awaited, statuses worded, views throttled.
 */
import type { z } from 'zod';
import type { Palette } from '../messages/index.ts';
import { runAs } from './attribution.ts';
import type { NodeBehaviour, NodeContext, NodeDefinition, NodeMessage, Send } from './definition.ts';
import { errors } from './errors.ts';
import { enter, leave } from './in-flight.ts';
import { fromWire, toWire } from './messages.ts';
import { flowsStarted } from './flows-started.ts';
import type { Host } from './host.ts';
import type { Red, RedNode, SavedConfig } from './red.ts';
import { createReporter } from './reporter.ts';
import { type LogWatch, watchLog } from './log-watch.ts';
import { readSettings } from './settings.ts';
import { statusOf } from './status.ts';
import { throttleViews } from './throttle.ts';

/** What a node.ts exports: called once by the package's entry when Node-RED loads it. */
export type Register = (red: Red, host: Host, palette: Palette) => void;

/** How long a closing node waits for messages that it has taken: below Node-RED's own 15 s limit for a close. */
const CLOSE_PATIENCE = 10_000;

interface Share {
  readonly value: Promise<unknown>;
  /** Whether a node has asked for it: if so, it tells of a failure itself. */
  asked: boolean;
}

/** What config nodes share, by the config node's id. */
const shares = new Map<string, Share>();

/**
 * Makes a Node-RED node of a definition.
 *
 * @example
 * export default defineNode({
 *   type: 'double',
 *   config: z.object({ name: settings.text() }),
 *   setup: () => ({
 *     input(message, send) {
 *       send({ ...message, payload: Number(message.payload) * 2 });
 *     },
 *   }),
 * });
 */
export function defineNode<Schema extends z.ZodType>(definition: NodeDefinition<Schema>): Register {
  return (red, host, palette) => {
    const credentials = Object.fromEntries(
      (definition.credentials ?? []).map((name) => [name, { type: credentialType(name) }]),
    );
    const log = watchLog(red);
    const options = definition.credentials ? { credentials } : undefined;
    red.nodes.registerType(
      definition.type,
      function (this: RedNode, saved: SavedConfig) {
        red.nodes.createNode(this, saved);
        runAs(saved.id, () => attach(this, saved, definition, palette, red, host, log));
      },
      options,
    );
  };
}

function attach<Schema extends z.ZodType>(
  node: RedNode,
  saved: SavedConfig,
  definition: NodeDefinition<Schema>,
  palette: Palette,
  red: Red,
  host: Host,
  log: LogWatch,
): void {
  const { services } = host;
  const name = saved.name !== undefined && saved.name !== '' ? saved.name : definition.type;
  const publish = (view: Parameters<NodeContext<unknown>['show']>[0]) =>
    services.views.publish({ ...view, node: saved.id, name, type: definition.type, time: services.clock.now() });
  const views = throttleViews(services.clock, publish);
  const reporter = createReporter(node, services.clock, log, publish);
  const send = sender((messages) => node.send(messages));

  const context = (): NodeContext<z.output<Schema>> => ({
    id: saved.id,
    name,
    type: definition.type,
    settings: readSettings(definition, saved),
    credentials: node.credentials ?? {},
    services,
    status: (look, key, values) => {
      reporter.status(statusOf(look, red._(`${definition.type}.status.${key}`, values)));
    },
    show: views.show,
    send,
    fail: (error) => reporter.report(error),
    shared: async <T>(id: string) => (id === '' ? undefined : ((await sharedBy(id, definition.type)) as T)),
  });

  const started = flowsStarted(red);
  // Started in the constructor, so that config nodes exist before the nodes that refer to them ask.
  const ready: Promise<NodeBehaviour> = (async () => {
    const isConfigNode = palette.category === 'config';
    if (!isConfigNode && saved['x'] === undefined) {
      throw errors.NODE_WITHOUT_POSITION({ type: definition.type, id: saved.id });
    }
    return definition.setup(context());
  })();
  let behaviour: NodeBehaviour | undefined;
  const share: Share = { value: ready.then((made) => made.shares), asked: false };
  share.value.catch(() => undefined);
  shares.set(saved.id, share);
  ready.then(
    (made) => (behaviour = made),
    // A config node's error is told once, by the node that cannot work without it.
    (error: unknown) => void started.then(() => share.asked || reporter.report(error)),
  );

  let taken = 0;
  let onIdle: (() => void) | undefined;

  const handle = async (message: NodeMessage, respond: Send): Promise<void> => {
    const made = behaviour ?? (await ready);
    await made.input?.(fromWire(message), respond);
  };

  node.on('input', (message, respond, done) => {
    enter();
    taken++;
    const finish = (error?: unknown) => {
      if (error === undefined) {
        reporter.mended();
        done();
      } else {
        reporter.reject(error, done);
      }
      taken--;
      leave();
      if (taken === 0) onIdle?.();
    };
    // `finish` itself must not be able to reject: a rejection that nobody handles would end the process.
    runAs(saved.id, () => handle(message, sender(respond))).then(
      () => finish(),
      (error: unknown) => finish(error ?? new Error('rejected with nothing')),
    );
  });

  node.on('close', (removed, done) => {
    const close = async () => {
      if (taken > 0) {
        const patience = services.clock.sleep(CLOSE_PATIENCE);
        await Promise.race([new Promise<void>((resolve) => (onIdle = resolve)), patience]);
      }
      const made = behaviour ?? (await ready.catch(() => undefined));
      await made?.close?.(removed);
    };
    runAs(saved.id, close)
      .catch((error: unknown) => {
        const reason = error instanceof Error ? error.message : String(error);
        node.error(errors.CLOSE_FAILED({ type: definition.type, reason }, { cause: error }));
      })
      .finally(() => {
        if (shares.get(saved.id) === share) shares.delete(saved.id);
        views.close();
        reporter.close(removed);
        done();
      });
  });
}

/** A user name may be seen again in the dialog; every other secret is only ever written. */
const credentialType = (name: string): 'text' | 'password' => (name === 'username' ? 'text' : 'password');

async function sharedBy(id: string, type: string): Promise<unknown> {
  const share = shares.get(id);
  if (!share) throw errors.CONFIG_NODE_MISSING({ type, id });
  share.asked = true;
  return share.value;
}

/** Sends what is safe for the wires; `undefined` and `null` entries send nothing on their output. */
function sender(send: (messages: unknown) => void): Send {
  return (messages) => {
    if (!Array.isArray(messages)) return send(toWire(messages as NodeMessage));
    const outputs = messages as readonly (NodeMessage | readonly NodeMessage[] | undefined)[];
    send(
      outputs.map((output) => {
        if (output === undefined) return null;
        return Array.isArray(output)
          ? output.map((each) => toWire(each as NodeMessage))
          : toWire(output as NodeMessage);
      }),
    );
  };
}
