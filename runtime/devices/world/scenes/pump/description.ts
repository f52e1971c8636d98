import type { SceneDescription } from '../description.ts';
import { pumpControls } from './controls.ts';

export const pumpDescription: SceneDescription = {
  label: 'a water pump',
  about:
    'A belt-driven water pump whose load rises and falls about once in 50 seconds. It gets warmer under load, and can wear, clog and break.',
  inputs: [
    { pin: 'A0', what: 'ADXL335 accelerometer, axis x', kind: 'adxl335' },
    { pin: 'A1', what: 'ADXL335 accelerometer, axis y', kind: 'adxl335' },
    { pin: 'A2', what: 'ADXL335 accelerometer, axis z, which points up', kind: 'adxl335' },
    { pin: 'A3', what: 'TMP36 thermometer on the motor', kind: 'tmp36' },
    { pin: 'A4', what: 'light sensor', kind: 'light' },
    { pin: 'A5', what: "the valve's potentiometer, which shows the load", kind: 'potentiometer' },
    { pin: 'D2', what: 'level switch, on while the load is high', kind: 'switch' },
  ],
  outputs: [],
  chips: [],
  controls: pumpControls,
};
