import { asMillraceError, type Clock, type MillraceError } from '../base/index.ts';
import { type Channel, CHANNEL_KINDS } from './catalogue/channels.ts';
import { ACTUATORS } from './catalogue/actuators.ts';
import { standardOptions, standardPins } from './catalogue/options.ts';
import { createClaims, normalisePin } from './claims.ts';
import { abilitiesOf } from './abilities.ts';
import type { WorkerThread } from '../workers/index.ts';
import { errors } from './errors.ts';
import { catchUp } from './limits.ts';
import { openLink, type Session } from './link.ts';
import { ask } from './ask.ts';
import { createOutput, type HeldOutput } from './output.ts';
import { readingOf } from './reading.ts';
import { createSampling } from './sampling.ts';
import type { SensorRequest, SessionEvent } from './session/protocol.ts';
import { type BoardSettings, hasWorld } from './settings.ts';
import { createState } from './state.ts';
import type { Board, Listener, Measurement } from './types.ts';
import { describeScene } from './world/schema.ts';
import { createWorld } from './world/world.ts';
import { standardState } from './world/controls.ts';
import type { WorldState } from './world/types.ts';

/** Hz: what a virtual board is asked for at most. */
const MOST_RATE = 250;
/** A sensor's median is taken of readings this far apart, ms. */
const SENSOR_INTERVAL = 50;

interface HeldSensor {
  readonly request: SensorRequest;
  readonly listener: Listener<Measurement>;
}

export interface BoardOptions {
  readonly id: string;
  readonly settings: BoardSettings;
  readonly clock: Clock;
  readonly worker: URL;
  readonly thread: WorkerThread;
  /** True once the process drains: nothing more is given to readers. */
  readonly paused: () => boolean;
  readonly onClose?: () => void;
}

/**
 * Opens a board: its worker, and the sharing of its pins.
 *
 * @throws BOARD_LOST if its worker does not start; SIGNAL_INVALID if its world cannot be made
 */
export async function openBoard({
  id,
  settings,
  clock,
  worker,
  thread,
  paused,
  onClose,
}: BoardOptions): Promise<Board> {
  const name = settings.name || `virtual ${settings.scene === 'own' ? 'board' : settings.scene}`;
  const claims = createClaims(name);
  const sampling = createSampling();
  const state = createState(name, clock, claims, settings);
  const sensors = new Map<number, HeldSensor>();
  const outputs = new Set<HeldOutput>();
  /** What the channels on each pin are wired to. */
  const kinds = new Map<string, Channel['kind']>();
  let ids = 0;
  let closed = false;
  const isVirtual = hasWorld(settings.kind);
  let world: WorldState = isVirtual ? standardState(describeScene(settings).controls) : {};

  const onEvent = (event: SessionEvent) => {
    if (event.kind === 'pin') return state.output(event.pin, event.mode, event.value);
    if (event.kind === 'chip') return state.chip(event.address, event.output, event.value);
    if (paused()) return;
    if (event.kind === 'frame') {
      if (event.missing > 0) catchUp.cost(event.missing);
      sampling.frame(event);
      return state.frame(event, kinds);
    }
    const sensor = sensors.get(event.id);
    if (!sensor) return;
    // Where a channel is on the pin too, its unit is shown.
    const [pin = ''] = sensor.request.pins;
    if (typeof event.value === 'number' && !sampling.reads(pin)) state.reading(pin, event.value);
    sensor.listener.next({ time: event.time, value: event.value });
  };

  const onLost = (error: MillraceError) => {
    state.connected(false, error);
    sampling.lost(error);
    for (const { listener } of sensors.values()) listener.lost?.(error);
    for (const output of outputs) output.lost(error);
  };

  const onBack = async (session: Session) => {
    const back: (() => void)[] = [];
    if (isVirtual) await session.call('setWorld', world);
    for (const output of outputs) {
      if (await works(output.apply(session), output.lost)) back.push(output.back);
    }
    for (const { request, listener } of sensors.values()) {
      const added = session.call('addSensor', request);
      if (await works(added, (error) => listener.lost?.(error))) back.push(() => listener.back?.());
    }
    await session.call('sampling', sampling.plan());
    state.connected(true);
    sampling.back();
    for (const tellBack of back) tellBack();
  };

  // A signal that cannot be made is told before a worker is started, which would be tried again and again.
  if (isVirtual) createWorld(settings);
  const link = await openLink({ name, settings, clock, worker, thread, onEvent, onBack, onLost });
  claims.learn(link.pins);
  state.world(world);

  const tell = (ask: (session: Session) => Promise<unknown>, lost: (error: MillraceError) => void) => {
    const session = link.session();
    // A call that fails because the worker ended is made up for when the board is back.
    if (session) void works(ask(session), lost).catch(() => undefined);
  };
  const resample = () => tell((session) => session.call('sampling', sampling.plan()), sampling.lost);
  const open = () => {
    if (closed) throw errors.BOARD_CLOSED({ board: name });
  };

  /** Takes every claim, or none. */
  const take = (wanted: readonly Parameters<typeof claims.take>[0][]): (() => void) => {
    const taken: (() => void)[] = [];
    const release = () => {
      for (const give of taken) give();
      for (const { pin } of wanted) state.claimed(pin);
    };
    try {
      for (const claim of wanted) taken.push(claims.take(claim));
    } catch (error) {
      release();
      throw error;
    }
    for (const { pin } of wanted) state.claimed(pin);
    return release;
  };

  return {
    id,
    name,
    virtual: isVirtual,
    sample({ holder, channels: given, rate }, listener) {
      open();
      const channels = given.map((channel) => ({ ...channel, pin: normalisePin(channel.pin) }));
      const repeated = channels.find(({ name: a }, index) => channels.findIndex(({ name: b }) => b === a) !== index);
      if (channels.length === 0) throw errors.CHANNELS_INVALID({ problem: 'there is none' });
      if (repeated) throw errors.CHANNELS_INVALID({ problem: `there are two called "${repeated.name}"` });
      if (!(rate <= MOST_RATE)) throw errors.RATE_TOO_FAST({ rate, most: MOST_RATE, board: name });
      const release = take(channels.map(({ name: label, pin }) => ({ holder, label, pin, use: 'analog' as const })));
      for (const { pin, kind } of channels) kinds.set(pin, kind);
      const period = Math.round(1000 / rate);
      const leave = sampling.add(channels, period, listener);
      resample();
      return {
        rate: 1000 / period,
        units: channels.map(({ kind }) => CHANNEL_KINDS[kind].unit),
        close() {
          leave();
          release();
          resample();
        },
      };
    },
    read(asked, listener) {
      open();
      const { request, claims: wanted, units } = readingOf(++ids, asked);
      const release = take(wanted);
      sensors.set(request.id, { request, listener });
      const analog = wanted.filter(({ use }) => use === 'analog').map(({ pin }) => pin);
      const leave = sampling.addSensor(request.id, analog, Math.min(asked.period, SENSOR_INTERVAL));
      tell(
        (session) => session.call('addSensor', request),
        (error) => sensors.has(request.id) && listener.lost?.(error),
      );
      resample();
      return {
        rate: 1000 / asked.period,
        units,
        close() {
          if (!sensors.delete(request.id)) return;
          leave();
          release();
          // Whoever would hear that it failed is gone: what the sensor still reads goes nowhere.
          tell(
            (session) => session.call('removeSensor', request.id),
            () => undefined,
          );
          resample();
        },
      };
    },
    output(request) {
      open();
      const { label, pins: roles, addresses } = ACTUATORS[request.kind];
      const pins = standardPins(roles, request.pins).map(normalisePin);
      const release = take(
        roles.map(({ use }, role) => ({
          ...{ holder: request.holder, label: request.label ?? label, use },
          pin: pins[role] ?? '',
        })),
      );
      const wiring = {
        ...{ kind: request.kind, pins, address: request.address || (addresses?.[0] ?? 0) },
        options: standardOptions(ACTUATORS[request.kind].options, request.options),
      };
      const output: HeldOutput = createOutput(
        request,
        wiring,
        name,
        claims,
        () => link.session(),
        () => {
          outputs.delete(output);
          release();
        },
      );
      outputs.add(output);
      tell((session) => output.apply(session), output.lost);
      return output;
    },
    async setWorld(change) {
      if (!isVirtual) return undefined;
      world = await ask(name, link.session(), (session) => session.call('setWorld', change));
      state.world(world);
      return world;
    },
    state: state.state,
    abilities: () =>
      abilitiesOf({ settings, connected: link.session() !== undefined, firmware: '', features: [] }, claims),
    onState: state.listen,
    async close() {
      if (closed) return;
      closed = true;
      for (const output of [...outputs]) await output.close();
      state.close();
      await link.close();
      onClose?.();
    },
  };
}

/**
 * Whether one sensor or output could be set up. What it cannot do is told to it alone: the rest of the board works.
 *
 * @throws WORKER_STOPPED if the board itself is gone
 */
async function works(call: Promise<unknown>, lost: (error: MillraceError) => void): Promise<boolean> {
  try {
    await call;
    return true;
  } catch (thrown) {
    const error = asMillraceError(thrown);
    if (error.code === 'WORKER_STOPPED') throw error;
    lost(error);
    return false;
  }
}
