/** The scene that the user makes of signals: rows of the board's dialog. Safe in the browser. */
import { z } from 'zod';
import { settings } from '../../../../messages/index.ts';
import { signalSpec } from '../../signals/schema.ts';
import { transducerKinds } from '../../transducers.ts';
import { type Quantity, QUANTITIES } from '../../types.ts';

export const ANALOG_PLACES = ['A0', 'A1', 'A2', 'A3', 'A4', 'A5'] as const;
export const DIGITAL_PLACES = [
  ...(['D2', 'D3', 'D4', 'D5', 'D6', 'D7'] as const),
  ...(['D8', 'D9', 'D10', 'D11', 'D12', 'D13'] as const),
] as const;
const quantities = Object.keys(QUANTITIES) as Quantity[];

/** Where a signal can go: to a pin, or to every chip that senses such a quantity. */
export const signalPlaces = [...ANALOG_PLACES, ...DIGITAL_PLACES, ...quantities] as const;
export type SignalPlace = (typeof signalPlaces)[number];

const place = {
  /** Of its slider, and in `msg.world`. Empty: by what it is and where it goes. */
  name: settings.text(),
  to: settings.choice(signalPlaces, 'A0'),
  /** What turns it into volts, on an analog pin. */
  as: settings.choice(transducerKinds, 'volts'),
  /** Of a digital pin: it is on from here… */
  above: settings.number({ default: 0.5 }),
  /** … until the signal is less than this. */
  below: settings.number({ default: 0.4 }),
};

/** One signal and where it goes. Those that go to one place add up. */
export const ownSignal = z.discriminatedUnion(
  'type',
  signalSpec.options.map((option) => z.object({ ...place, ...option.shape })) as never,
) as unknown as z.ZodType<OwnSignal>;
export type OwnSignal = z.infer<typeof signalSpec> & z.infer<z.ZodObject<typeof place>>;

const row = (signal: { readonly type: OwnSignal['type'] } & Readonly<Record<string, unknown>>) =>
  ownSignal.parse(signal);

/** What there is before a user has made any: a thermometer with a slider, and a slow swing. */
export const STANDARD_SIGNALS: OwnSignal[] = [
  row({ type: 'message', name: 'warmth', to: 'A0', as: 'tmp36', value: 22, min: -20, max: 60 }),
  row({ type: 'noise', name: 'flutter', to: 'A0', as: 'tmp36', sd: 0.1 }),
  row({ type: 'sine', name: 'swing', to: 'A1', as: 'percent', around: 50, amplitude: 40, frequency: 0.1 }),
];
