import { faultControls, type SceneDescription } from '../description.ts';

export const GESTURES = ['still', 'wave', 'shake', 'circle', 'knock'] as const;
export type Gesture = (typeof GESTURES)[number];

const parts = {
  inputs: [
    {
      pin: 'A0',
      what: 'ADXL335 accelerometer, axis x: along the arm, to the hand',
      kind: 'adxl335',
      as: 'adxl335',
      fault: 'accelerometer',
    },
    {
      pin: 'A1',
      what: 'ADXL335 accelerometer, axis y: to the thumb',
      kind: 'adxl335',
      as: 'adxl335',
      fault: 'accelerometer',
    },
    {
      pin: 'A2',
      what: 'ADXL335 accelerometer, axis z: out of the back of the hand',
      kind: 'adxl335',
      as: 'adxl335',
      fault: 'accelerometer',
    },
    { pin: 'D2', what: 'button', kind: 'button' },
  ],
  outputs: [],
  chips: [{ chip: 'mpu6050', address: 0x68, what: 'MPU6050 (acceleration, rotation)', fault: 'mpu6050' }],
} as const satisfies Partial<SceneDescription>;

export const wristDescription: SceneDescription = {
  label: 'a wrist',
  about:
    'A band on a wrist that rests, waves, shakes, draws circles or knocks, never twice in quite the same way. Another seed is another person.',
  ...parts,
  controls: [
    { kind: 'choice', name: 'gesture', label: 'Movement', options: GESTURES },
    { kind: 'slider', name: 'tempo', label: 'Speed', unit: '%', min: 60, max: 160, step: 5, standard: 100 },
    { kind: 'slider', name: 'strength', label: 'Strength', unit: '%', min: 50, max: 150, step: 5, standard: 100 },
    { kind: 'slider', name: 'arm', label: 'Arm raised by', unit: '°', min: -60, max: 60, step: 5, standard: 0 },
    { kind: 'choice', name: 'button', label: 'Button', options: ['released', 'pressed'] },
    ...faultControls(parts),
  ],
};
