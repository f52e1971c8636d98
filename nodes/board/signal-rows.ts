import { ownSignal, signalPlaces, signalTypes, transducerKinds } from './config.ts';

type Row = Readonly<Record<string, unknown>>;

const ofType =
  (...types: readonly string[]) =>
  (row: Row) =>
    types.includes(String(row['type']));
const AROUND = ofType('sine', 'harmonics', 'noise', 'drift', 'walk');

const number = (key: string, appliesTo: (row: Row) => boolean) => ({
  ...{ key, label: `signal.${key}`, type: 'number' as const, width: 5 },
  appliesTo,
});

/** A row of another type keeps what the two have in common, and takes what the new one has as a standard. */
const complete = (row: Row): Row => {
  const parsed = ownSignal.safeParse(row);
  return parsed.success ? { ...parsed.data, ...row } : row;
};

/** The rows of the scene `own`: signals, and where each goes. */
export const signalRows = {
  labelled: true,
  complete,
  columns: [
    { key: 'name', label: 'signal.name', placeholder: 'placeholder.signal', width: 8 },
    {
      ...{ key: 'type', label: 'signal.type', type: 'choice' as const, width: 8 },
      options: signalTypes.map((value) => ({ value, label: `signalType.${value}` })),
    },
    { key: 'to', label: 'signal.to', type: 'choice', width: 8, options: [...signalPlaces] },
    {
      ...{ key: 'as', label: 'signal.as', type: 'choice' as const, width: 8 },
      options: transducerKinds.map((value) => ({ value, label: `transducer.${value}` })),
      appliesTo: ({ to }: Row) => /^A\d$/.test(String(to)),
    },
    number('above', ({ to }) => /^D\d+$/.test(String(to))),
    number('below', ({ to }) => /^D\d+$/.test(String(to))),
    number('value', ofType('constant', 'message')),
    number('min', ofType('message')),
    number('max', ofType('message')),
    number('around', AROUND),
    number('amplitude', ofType('sine')),
    number('frequency', ofType('sine', 'harmonics')),
    number('phase', ofType('sine')),
    { key: 'amplitudes', label: 'signal.amplitudes', width: 8, appliesTo: ofType('harmonics') },
    number('sd', ofType('noise')),
    number('memory', ofType('noise')),
    { key: 'levels', label: 'signal.levels', width: 10, appliesTo: ofType('steps') },
    number('perHour', ofType('drift')),
    number('perMinute', ofType('walk')),
    number('most', ofType('drift', 'walk')),
    {
      ...{ key: 'csv', label: 'signal.csv', type: 'lines' as const, width: 20, placeholder: 'placeholder.csv' },
      appliesTo: ofType('replay'),
    },
    { key: 'column', label: 'signal.column', width: 6, appliesTo: ofType('replay') },
    number('rate', ofType('replay')),
    { key: 'loops', label: 'signal.loops', type: 'flag', width: 4, appliesTo: ofType('replay') },
    number('smoothing', ofType('message')),
  ],
  add: () => complete({ type: 'sine', to: 'A0', as: 'volts', around: 2.5 }),
} as const;
