import { asMillraceError, type Clock, type MillraceError } from '../base/index.ts';
import { type Channel, CHANNEL_KINDS, chipOf, sourceOf } from './catalogue/channels.ts';
import { mostRate } from './catalogue/rates.ts';
import { ACTUATORS } from './catalogue/actuators.ts';
import { isSameChip } from './catalogue/actuators/chips.ts';
import type { ActuatorEntry } from './catalogue/types.ts';
import { SENSORS } from './catalogue/sensors.ts';
import { normalisePin } from './catalogue/pin-uses.ts';
import { type AddressClaim, type Claim, createClaims } from './claims.ts';
import { abilitiesOf } from './abilities.ts';
import { boardName } from './board-name.ts';
import type { WorkerThread } from '../workers/index.ts';
import { errors } from './errors.ts';
import { catchUp } from './limits.ts';
import { openLink, type Session } from './link.ts';
import { ask } from './ask.ts';
import { driving } from './driving.ts';
import { requireFeatures } from './features.ts';
import { type HeldSensor, holdSensor } from './held-sensor.ts';
import { type AppliedOutput, createOutput } from './output.ts';
import { readingOf } from './reading.ts';
import { createSampling } from './sampling.ts';
import { onChip, onWires } from './shown-actuator.ts';
import type { Connected, OutputWiring, SessionEvent } from './session/protocol.ts';
import { analogVoltsOf, type BoardSettings, hasWorld } from './settings.ts';
import { createState } from './state.ts';
import type { Board } from './types.ts';
import type { WirePlace } from './wires/wire.ts';
import { hex } from './virtual/i2c.ts';
import { describeScene } from './world/schema.ts';
import { createWorld } from './world/world.ts';
import { wrongChip } from './wrong-chip.ts';
import { checkedChange } from './world/change.ts';
import { standardState } from './world/controls.ts';
import type { WorldState } from './world/types.ts';

/** A sensor's median is taken of readings this far apart, ms. */
const SENSOR_INTERVAL = 50;

interface HeldOutput extends AppliedOutput {
  readonly entry: ActuatorEntry;
  readonly wiring: OutputWiring;
  readonly claims: readonly Claim[];
}

export interface BoardOptions {
  readonly id: string;
  readonly settings: BoardSettings;
  readonly clock: Clock;
  readonly worker: URL;
  readonly thread: WorkerThread;
  /** True once the process drains: nothing more is given to readers. */
  readonly paused: () => boolean;
  /** Where real hardware is plugged in. */
  readonly place?: WirePlace | undefined;
  readonly onClose?: () => void;
}

/** A board that is being opened, and can be ended before it is. */
export interface OpeningBoard {
  /** @throws BOARD_LOST, BOARD_CLOSED, PORT_NONE_CHOSEN, ADDRESS_NONE_GIVEN, SERIAL_UNAVAILABLE */
  readonly board: Promise<Board>;
  /** Waits no longer for hardware that does not answer: it is a board that is not there yet. */
  hurry(): void;
  close(): Promise<void>;
}

/**
 * Opens a board: its wire, its worker, and the sharing of its pins.
 *
 * @throws SIGNAL_INVALID if its world cannot be made
 */
export function openBoard({ id, settings, clock, worker, thread, paused, place, onClose }: BoardOptions): OpeningBoard {
  const name = boardName(settings);
  const claims = createClaims(name);
  const sampling = createSampling(analogVoltsOf(settings));
  const state = createState(name, clock, claims, settings);
  const sensors = new Map<number, HeldSensor>();
  const outputs = new Set<HeldOutput>();
  /** What the channels on each pin are wired to. */
  const kinds = new Map<string, Channel['kind']>();
  let ids = 0;
  let closed = false;
  const isVirtual = hasWorld(settings.kind);
  let world: WorldState = isVirtual ? standardState(describeScene(settings).controls) : {};
  let connected: Connected | undefined;
  const placed = isVirtual ? describeScene(settings).chips : [];
  const chipsThere = placed.map(({ what, address }) => `${what} at ${hex(address)}`).join(', ');
  /** The chip of the scene that is at the place of another one, in words. What drives outputs cannot say itself what it is. */
  const otherThan = ({ chip = '' }: ActuatorEntry, address: number) =>
    placed.find((there) => there.address === address && !isSameChip(chip, there.chip))?.what;

  const require = (entry: Parameters<typeof requireFeatures>[0], said: Connected) =>
    requireFeatures(entry, name, said, !isVirtual);

  const answers = ({ address, label, fault }: Extract<SessionEvent, { kind: 'answers' }>) => {
    if (!fault) return sampling.present(address);
    const at = hex(address);
    sampling.absent(
      address,
      fault.what === 'wrong'
        ? wrongChip({ label }, fault.other, at, name)
        : errors.CHIP_ABSENT({ chip: label, address: at, board: name, there: chipsThere }),
    );
  };

  const onEvent = (event: SessionEvent) => {
    if (event.kind === 'pin') {
      const on = [...outputs].find(({ wiring }) => wiring.pins.includes(event.pin));
      return state.output(event.pin, event.mode, event.value, on?.wiring);
    }
    if (event.kind === 'chip') return state.drives(event.address, event.output, event.value);
    if (event.kind === 'answers') return answers(event);
    if (paused()) return;
    if (event.kind === 'frame') {
      if (event.missing > 0) catchUp.cost(event.missing);
      sampling.frame(event);
      return state.frame(event, kinds);
    }
    const sensor = sensors.get(event.id);
    if (!sensor) return;
    if (event.kind === 'unanswered') return sensor.silent(event.fault);
    const { request, entry } = sensor;
    const [pin = ''] = request.pins;
    if (entry.chip) state.chipReading(request.address ?? 0, entry.gives, event.value);
    // Where a channel is on the pin too, its unit is shown.
    else if (typeof event.value === 'number' && !sampling.reads(pin)) state.reading(pin, event.value, entry.gives[0]);
    sensor.value({ time: event.time, value: event.value });
  };

  const onLost = (error: MillraceError) => {
    state.connected(false, error);
    sampling.lost(error);
    for (const sensor of sensors.values()) sensor.lost(error);
    for (const output of outputs) output.lost(error);
  };

  /** What was set up before the board had said what it can do may not fit it. */
  const fitting = async <T>(wanted: readonly Claim[], address: number, call: () => Promise<T>): Promise<T> => {
    for (const { pin, use } of wanted) claims.check(pin, use);
    if (address !== 0) claims.checkAddress(address);
    return call();
  };

  const problemWith = (channel: Channel) =>
    problemOf(() => {
      const on = chipOf(channel);
      if (on) claims.checkAddress(on.address);
      else claims.check(channel.pin, 'analog');
    });

  const onUp = async (session: Session, said: Connected) => {
    const back: (() => void)[] = [];
    connected = said;
    claims.learn(said.pins);
    if (isVirtual) await session.call('setWorld', world);
    for (const output of outputs) {
      const applied = fitting(output.claims, output.wiring.address, () => {
        require(output.entry, said);
        return output.apply(session);
      });
      if (await works(applied, output.lost)) back.push(output.back);
    }
    for (const sensor of sensors.values()) {
      const added = fitting(sensor.claims, sensor.request.address ?? 0, () => {
        require(sensor.entry, said);
        return session.call('addSensor', sensor.request);
      });
      if (await works(added, sensor.lost)) back.push(sensor.back);
    }
    sampling.refuse(problemWith);
    if (sampling.wanted()) await session.call('sampling', sampling.plan());
    state.world(world);
    state.connected(true);
    sampling.back();
    for (const tellBack of back) tellBack();
  };

  // A signal that cannot be made is told before a worker is started, which would be tried again and again.
  if (isVirtual) createWorld(settings);
  const link = openLink({ name, settings, clock, worker, thread, place, onEvent, onUp, onLost });

  const tell = (
    ask: (session: Session) => Promise<unknown>,
    lost: (error: MillraceError) => void,
    connecting?: () => void,
  ) => {
    const session = link.session();
    // A call that fails because the worker ended is made up for when the board is back.
    if (session) return void works(ask(session), lost).catch(() => undefined);
    const problem = link.problem();
    if (problem) queueMicrotask(() => closed || lost(problem));
    // Before anything else is told: it may be connected, or lost, in the meantime.
    else connecting?.();
  };
  const resample = () => {
    // A board that is not there is sampled when it comes.
    if (link.session()) tell((session) => session.call('sampling', sampling.plan()), sampling.lost);
  };
  const open = () => {
    if (closed) throw errors.BOARD_CLOSED({ board: name });
  };

  /** A pin was given back: whose bus needed it comes up now. */
  const regain = () => {
    const addresses = claims.reclaim();
    if (addresses.length === 0 || closed) return;
    const bring = (call: (session: Session) => Promise<unknown>, { lost, back }: Pick<HeldOutput, 'lost' | 'back'>) =>
      tell((session) => call(session).then(back), lost);
    for (const output of outputs) {
      if (addresses.includes(output.wiring.address)) bring((session) => output.apply(session), output);
    }
    for (const sensor of sensors.values()) {
      if (!addresses.includes(sensor.request.address ?? 0)) continue;
      bring((session) => session.call('addSensor', sensor.request), sensor);
    }
    sampling.accept(problemWith);
    resample();
  };

  /** Takes every claim, or none. */
  const take = (wanted: readonly Claim[], place?: AddressClaim): (() => void) => {
    const taken: (() => void)[] = [];
    const release = () => {
      for (const give of taken) give();
      for (const { pin } of wanted) state.claimed(pin);
      regain();
    };
    try {
      for (const claim of wanted) taken.push(claims.take(claim));
      if (place) taken.push(claims.takeAddress(place));
    } catch (error) {
      release();
      throw error;
    }
    for (const { pin } of wanted) state.claimed(pin);
    return release;
  };

  /** The analog pins of channels, and the places of their chips. */
  const takeChannels = (holder: string, channels: readonly Channel[]): (() => void) => {
    const analog = channels.filter((channel) => !chipOf(channel));
    const given = [take(analog.map(({ name: label, pin }) => ({ holder, label, pin, use: 'analog' as const })))];
    const release = () => {
      for (const give of given) give();
    };
    try {
      const chips = new Map(channels.flatMap((held) => (chipOf(held) ? [[chipOf(held)?.address, chipOf(held)]] : [])));
      for (const on of chips.values()) {
        if (!on) continue;
        const { label, options: setup } = on.chip;
        given.push(claims.takeAddress({ holder, label, address: on.address, chip: on.name, setup, steady: true }));
      }
    } catch (error) {
      release();
      throw error;
    }
    return release;
  };

  const board: Board = {
    id,
    name,
    virtual: isVirtual,
    sample({ holder, channels: given, rate }, listener) {
      open();
      const channels = given.map((channel) => ({ ...channel, pin: normalisePin(channel.pin) }));
      const repeated = channels.find(({ name: a }, index) => channels.findIndex(({ name: b }) => b === a) !== index);
      if (channels.length === 0) throw errors.CHANNELS_INVALID({ problem: 'there is none' });
      if (repeated) throw errors.CHANNELS_INVALID({ problem: `there are two called "${repeated.name}"` });
      const most = mostRate({ hardware: settings.kind, baud: settings.baud, channels });
      if (!(rate <= most)) throw errors.RATE_TOO_FAST({ rate, most, board: name });
      const release = takeChannels(holder, channels);
      for (const channel of channels) kinds.set(sourceOf(channel), channel.kind);
      const period = Math.round(1000 / rate);
      const leave = sampling.add(channels, period, listener);
      tell(
        (session) => session.call('sampling', sampling.plan()),
        (error) => listener.lost?.(error),
        () => listener.connecting?.(),
      );
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
      const { request, claims: wanted, place, units } = readingOf(++ids, asked);
      if (connected) require(SENSORS[asked.kind], connected);
      const release = take(wanted, place);
      sensors.set(request.id, holdSensor(request, wanted, name, chipsThere, listener));
      const analog = wanted.filter(({ use }) => use === 'analog').map(({ pin }) => pin);
      const leave = sampling.addSensor(request.id, analog, Math.min(asked.period, SENSOR_INTERVAL));
      tell(
        (session) => session.call('addSensor', request),
        (error) => sensors.has(request.id) && listener.lost?.(error),
        () => listener.connecting?.(),
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
      const { wiring, claims: wanted, address } = driving(request);
      const entry = ACTUATORS[request.kind];
      if (connected) require(entry, connected);
      const release = take(wanted, address);
      const wires = wiring.pins.filter((pin) => pin !== '');
      const shown = address
        ? onChip(state, isVirtual, entry, address)
        : wires.length > 1
          ? onWires(state, entry, wires)
          : undefined;
      if (!address && shown) state.actuator(wires);
      const applied = createOutput({
        ...{ asked: request, wiring, board: name, claims, there: chipsThere, clock },
        other: otherThan(entry, wiring.address),
        session: () => link.session(),
        problem: () => link.problem(),
        connecting: () => link.connecting(),
        shown(value, dots) {
          state.driven(wiring.pins);
          shown?.tell(value, dots);
        },
        release() {
          shown?.leave();
          outputs.delete(output);
          release();
        },
      });
      const output: HeldOutput = { entry, wiring, claims: wanted, ...applied };
      outputs.add(output);
      tell((session) => output.apply(session), output.lost, request.connecting);
      return output;
    },
    async setWorld(change) {
      if (!isVirtual) return undefined;
      // Before it goes to the worker: not everything that a message may hold can.
      const checked = checkedChange(describeScene(settings).controls, change);
      world = await ask(name, link.session(), (session) => session.call('setWorld', checked));
      state.world(world);
      return world;
    },
    state: state.state,
    abilities: () =>
      abilitiesOf(
        {
          settings,
          connected: link.session() !== undefined,
          firmware: connected?.firmware ?? '',
          features: connected?.features ?? [],
        },
        claims,
      ),
    onState: state.listen,
    async close() {
      if (closed) return;
      closed = true;
      await Promise.all([...outputs].map((output) => output.close()));
      state.close();
      await link.close();
      onClose?.();
    },
  };
  return {
    board: link.first.then(() => board),
    hurry: () => link.hurry(),
    close: () => board.close(),
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

function problemOf(check: () => void): MillraceError | undefined {
  try {
    check();
    return undefined;
  } catch (thrown) {
    return asMillraceError(thrown);
  }
}
