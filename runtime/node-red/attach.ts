/** The life of one node: set up, messages in, statuses and errors out, closed. */
import type { z } from 'zod';
import type { Palette, ViewBody } from '../messages/index.ts';
import { offerToRoutes } from './admin/running-nodes.ts';
import { runAs } from './attribution.ts';
import type { NodeBehaviour, NodeContext, NodeDefinition, NodeMessage, Send } from './definition.ts';
import { errors } from './errors.ts';
import { flowsStarted } from './flows-started.ts';
import { offerFlush } from './flush.ts';
import type { Host } from './host.ts';
import type { LogWatch } from './log-watch.ts';
import { relieved } from './in-flight.ts';
import { leftBehind } from './left-behind.ts';
import { fromWire } from './messages.ts';
import type { Red, RedNode, SavedConfig } from './red.ts';
import { createReporter } from './reporter.ts';
import { sender } from './sender.ts';
import { readSettings } from './settings.ts';
import { offer, sharedWith } from './shares.ts';
import { statusOf } from './status.ts';
import { throttleViews } from './throttle.ts';
import { workInHand } from './work-in-hand.ts';

/** How long a closing node waits for messages that it has taken: below Node-RED's own 15 s limit for a close. */
const CLOSE_PATIENCE = 10_000;

export interface Attachment<Schema extends z.ZodType> {
  readonly node: RedNode;
  readonly saved: SavedConfig;
  readonly definition: NodeDefinition<Schema>;
  readonly palette: Palette;
  readonly red: Red;
  readonly host: Host;
  readonly log: LogWatch;
}

/** Brings a node that Node-RED has just created to life. */
export function attach<Schema extends z.ZodType>(attachment: Attachment<Schema>): void {
  const { node, saved, definition, palette, red, host, log } = attachment;
  const { type } = definition;
  const { services } = host;
  const name = saved.name !== undefined && saved.name !== '' ? saved.name : type;
  const publish = (view: ViewBody) =>
    services.views.publish({ ...view, node: saved.id, name, type, time: services.clock.now() });
  const views = throttleViews(services.clock, publish);
  const reporter = createReporter(node, services.clock, log, publish);
  const work = workInHand(services.clock);
  const left = leftBehind(red, saved.id);
  const send = sender((messages) => node.send(messages));

  const context = (): NodeContext<z.output<Schema>> => ({
    id: saved.id,
    name,
    type,
    settings: readSettings(definition, saved),
    credentials: node.credentials ?? {},
    services,
    status: (look, key, values) => reporter.status(look, () => statusOf(look, red._(`${type}.status.${key}`, values))),
    show: views.show,
    send,
    leave: left.leave,
    warn: (warning) => reporter.warn(warning),
    fail: (error) => reporter.report(error),
    relieved,
    shared: sharedWith(type),
  });

  const started = flowsStarted(red);
  // Started in the constructor, so that config nodes exist before the nodes that refer to them ask.
  const ready: Promise<NodeBehaviour> = (async () => {
    if (palette.category !== 'config' && saved['x'] === undefined) {
      throw errors.NODE_WITHOUT_POSITION({ type, id: saved.id });
    }
    return definition.setup(context());
  })();
  const { share, withdraw } = offer(
    saved.id,
    ready.then((made) => made.shares),
  );
  let behaviour: NodeBehaviour | undefined;
  let closing = false;
  let takeBack: () => void = () => undefined;
  ready.then(
    (made) => {
      behaviour = made;
      const unoffer = [offerToRoutes(saved.id, saved.name ?? '', made), offerFlush(() => made.flush?.())];
      takeBack = () => unoffer.forEach((end) => end());
      void started.then(() => {
        if (!closing) for (const messages of left.take()) send(messages);
      });
    },
    (error: unknown) =>
      void started.then(() => {
        // What a node that is already gone was still being set up for concerns nobody.
        if (!closing && !share.asked) reporter.report(error);
      }),
  );

  const handle = async (message: NodeMessage, respond: Send): Promise<void> => {
    const finished = work.take(type, behaviour !== undefined);
    try {
      const made = behaviour ?? (await ready);
      await made.input?.(fromWire(message), respond);
    } finally {
      finished();
    }
  };

  node.on('input', (message, respond, done) => {
    runAs(saved.id, () => handle(message, sender(respond))).then(
      () => {
        reporter.mended();
        done();
      },
      (error: unknown) => reporter.reject(error ?? new Error('rejected with nothing'), done),
    );
  });

  const close = async (removed: boolean) => {
    closing = true;
    if (removed) left.take();
    behaviour?.leaving?.();
    await work.finished(CLOSE_PATIENCE);
    const made = behaviour ?? (await ready.catch(() => undefined));
    await made?.close?.(removed);
  };
  node.on('close', (removed, done) => {
    runAs(saved.id, () => close(removed))
      .catch((error: unknown) => {
        const reason = error instanceof Error ? error.message : String(error);
        node.error(errors.CLOSE_FAILED({ type, reason }, { cause: error }));
      })
      .finally(() => {
        withdraw();
        takeBack();
        views.close();
        reporter.close(removed);
        done();
      });
  });
}
