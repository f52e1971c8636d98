import { faultControls, type SceneDescription, type WiredChip } from '../description.ts';

export const PEOPLE = ['come and go', 'nobody', 'one', 'four'] as const;

/** One of each kind that is common. */
export const roomChips = [
  { chip: 'bme280', address: 0x76, what: 'BME280 (temperature, humidity, pressure)', fault: 'bme280' },
  { chip: 'bmp180', address: 0x77, what: 'BMP180 (temperature, pressure)', fault: 'bmp180' },
  { chip: 'sht31d', address: 0x44, what: 'SHT31D (temperature, humidity)', fault: 'sht31d' },
  { chip: 'htu21d', address: 0x40, what: 'HTU21D (temperature, humidity)', fault: 'htu21d' },
  { chip: 'mcp9808', address: 0x18, what: 'MCP9808 (temperature)', fault: 'mcp9808' },
  { chip: 'bh1750', address: 0x23, what: 'BH1750 (light)', fault: 'bh1750' },
  { chip: 'tsl2561', address: 0x39, what: 'TSL2561 (light)', fault: 'tsl2561' },
  { chip: 'mpu6050', address: 0x68, what: 'MPU6050 (acceleration, rotation)', fault: 'mpu6050' },
  { chip: 'adxl345', address: 0x53, what: 'ADXL345 (acceleration)', fault: 'adxl345' },
  { chip: 'lis3dh', address: 0x19, what: 'LIS3DH (acceleration)', fault: 'lis3dh' },
  { chip: 'hmc5883l', address: 0x1e, what: 'HMC5883L (compass)', fault: 'hmc5883l' },
  { chip: 'tmp102', address: 0x48, what: 'TMP102 (temperature)', fault: 'tmp102' },
  { chip: 'pca9685', address: 0x41, what: 'PCA9685 (16 servos or lamps)' },
  { chip: 'mcp23017', address: 0x20, what: 'MCP23017 (16 more pins)' },
  { chip: 'lcd1602', address: 0x27, what: 'LCD with two lines' },
  { chip: 'ht16k33', address: 0x70, what: 'HT16K33 (LED matrix)' },
] as const satisfies readonly WiredChip[];

const parts = {
  inputs: [
    { pin: 'A0', what: 'TMP36 thermometer', kind: 'tmp36', as: 'tmp36', fault: 'thermometer' },
    { pin: 'A1', what: 'photoresistor', kind: 'light', as: 'light', fault: 'lightSensor' },
    { pin: 'A2', what: 'microphone module, louder is higher', kind: 'voltage', as: 'volts', fault: 'microphone' },
    {
      pin: 'A3',
      what: 'GP2Y0A21 distance sensor, across the door',
      kind: 'gp2y0a21yk',
      as: 'gp2y0a21',
      fault: 'distanceSensor',
    },
    { pin: 'D2', what: 'motion sensor (PIR)', kind: 'pir' },
    { pin: 'D4', what: 'button', kind: 'button' },
  ],
  outputs: [
    { pin: 'D7', what: 'radiator', kind: 'relay' },
    { pin: 'D9', what: 'blind: 0° up, 90° down', kind: 'servo' },
    { pin: 'D13', what: 'lamp', kind: 'led' },
  ],
  chips: roomChips,
} as const satisfies Partial<SceneDescription>;

export const roomDescription: SceneDescription = {
  label: 'a room',
  about:
    'A room in which people come and go: they warm it, breathe, make noise and pass the door. The board lies on the table and can be tilted and turned. A servo on channel 0 of the PCA9685 moves the blind, too.',
  ...parts,
  controls: [
    { kind: 'choice', name: 'people', label: 'People', options: PEOPLE },
    { kind: 'slider', name: 'daylight', label: 'Daylight', unit: '%', min: 0, max: 100, step: 1, standard: 60 },
    { kind: 'slider', name: 'outside', label: 'Weather outside', unit: '°C', min: -15, max: 40, step: 1, standard: 12 },
    { kind: 'slider', name: 'music', label: 'Music', unit: '%', min: 0, max: 100, step: 1, standard: 0 },
    {
      kind: 'slider',
      name: 'pressure',
      label: 'Air pressure',
      unit: 'hPa',
      min: 850,
      max: 1080,
      step: 1,
      standard: 1013,
    },
    { kind: 'slider', name: 'tilt', label: 'Board tilted by', unit: '°', min: -90, max: 90, step: 1, standard: 0 },
    { kind: 'slider', name: 'heading', label: 'Board turned to', unit: '°', min: 0, max: 359, step: 1, standard: 0 },
    { kind: 'choice', name: 'button', label: 'Button', options: ['released', 'pressed'] },
    ...faultControls(parts),
  ],
};
