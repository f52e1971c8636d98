import { faultControls, type SceneDescription } from '../description.ts';

const parts = {
  inputs: [
    { pin: 'A0', what: 'TMP36 thermometer inside', kind: 'tmp36', as: 'tmp36', fault: 'thermometer' },
    { pin: 'A1', what: 'photoresistor', kind: 'light', as: 'sunlight', fault: 'lightSensor' },
    { pin: 'A2', what: 'soil moisture sensor (0 to 100 %)', kind: 'potentiometer', as: 'percent', fault: 'soilSensor' },
    { pin: 'A3', what: 'TMP36 thermometer outside', kind: 'tmp36', as: 'tmp36', fault: 'outsideThermometer' },
    { pin: 'D2', what: 'button', kind: 'button' },
  ],
  outputs: [
    { pin: 'D7', what: 'heater', kind: 'relay' },
    { pin: 'D9', what: 'window: 0° closed, 90° wide open', kind: 'servo' },
    { pin: 'D13', what: 'grow lamp', kind: 'led' },
  ],
  chips: [
    { chip: 'bme280', address: 0x76, what: 'BME280 (temperature, humidity, pressure)', fault: 'bme280' },
    { chip: 'bh1750', address: 0x23, what: 'BH1750 (light)', fault: 'bh1750' },
    { chip: 'lcd1602', address: 0x27, what: 'LCD with two lines' },
    { chip: 'pca9685', address: 0x40, what: 'PCA9685 (16 servos or lamps)' },
  ],
} as const satisfies Partial<SceneDescription>;

export const greenhouseDescription: SceneDescription = {
  label: 'a greenhouse',
  about:
    'A greenhouse through whole days of ten minutes each. The sun and the heater warm it, an open window cools and dries it, plants drink and give off moisture. A servo on channel 0 of the PCA9685 opens the window, too.',
  ...parts,
  controls: [
    {
      kind: 'slider',
      name: 'sun',
      label: 'Sun through the clouds',
      unit: '%',
      min: 0,
      max: 100,
      step: 1,
      standard: 80,
    },
    { kind: 'slider', name: 'outside', label: 'Weather outside', unit: '°C', min: -15, max: 40, step: 1, standard: 14 },
    { kind: 'slider', name: 'watering', label: 'Watering', unit: '%', min: 0, max: 100, step: 1, standard: 0 },
    { kind: 'choice', name: 'button', label: 'Button', options: ['released', 'pressed'] },
    { kind: 'choice', name: 'heater', label: 'Heater', options: ['works', 'broken'] },
    { kind: 'choice', name: 'window', label: 'Window', options: ['moves', 'jammed'] },
    ...faultControls(parts),
  ],
};
