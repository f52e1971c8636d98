/** A chip whose registers are read at every sampling interval, beside the analog pins. */
export interface FastChip {
  readonly label: string;
  /** The usual one first. */
  readonly addresses: readonly number[];
  /**
   * From where it is read, how many bytes, and how many of these stand before the data. It is read from a status before the
   * data: a reply says only of which register it is, and sensor nodes read the data themselves.
   */
  readonly register: number;
  readonly bytes: number;
  readonly skip: number;
  readonly order: 'high first' | 'low first';
  /** Registers that are set before, those of the ranges too: a sensor node may have left others there. */
  readonly setup: readonly (readonly [register: number, value: number])[];
  /** What the setup is in the options of sensors. A sensor node on the same chip has to have the same: its own would hold here. */
  readonly options: readonly ChipOption[];
  /** New data a second, as it is set up. */
  readonly fastest: number;
  /** Chips that are read as this one and count one thing in another way. */
  readonly later?: LaterChip;
}

/** A successor: what it says that it is, and what this chip itself would count for its counts: `counts × scale + offset`. */
export interface LaterChip {
  readonly register: number;
  readonly is: readonly number[];
  readonly word: number;
  readonly scale: number;
  readonly offset: number;
}

/** How a chip is set up, where that changes what its readings mean. */
export interface ChipOption {
  readonly key: string;
  readonly value: number | string | boolean;
  /** `2 g` */
  readonly label: string;
}

/**
 * Sources: InvenSense RM-MPU-6000A-00 rev. 4.2, Analog Devices ADXL345 rev. E, STMicroelectronics DocID17530 rev. 2;
 * InvenSense RM-MPU-6500A-00 rev. 2.1 for the later ones.
 */
export const FAST_CHIPS = {
  /** ±2 g and ±250 °/s. */
  mpu6050: {
    label: 'MPU-6050',
    addresses: [0x68, 0x69],
    register: 0x3a,
    bytes: 15,
    skip: 1,
    order: 'high first',
    setup: [
      [0x6b, 0x00],
      [0x1c, 0x00],
      [0x1b, 0x00],
    ],
    options: [
      { key: 'range', value: '2', label: '2 g' },
      { key: 'turnRange', value: '250', label: '250 °/s' },
    ],
    fastest: 1000,
    // The MPU-6500 and the MPU-9250: 333.87 counts a °C from 21 °C on, instead of 340 from 36.53 °C on.
    later: { register: 0x75, is: [0x70, 0x71, 0x73], word: 3, scale: 340 / 333.87, offset: (21 - 36.53) * 340 },
  },
  /** ±16 g in full resolution, 400 times a second. */
  adxl345: {
    label: 'ADXL345',
    addresses: [0x53, 0x1d],
    register: 0x30,
    bytes: 8,
    skip: 2,
    order: 'low first',
    setup: [
      [0x2c, 0x0c],
      [0x31, 0x0b],
      [0x2d, 0x08],
    ],
    options: [{ key: 'range', value: '16', label: '16 g' }],
    fastest: 400,
  },
  /** ±4 g in high resolution, 200 times a second. The upper bit of the register lets the next ones follow. */
  lis3dh: {
    label: 'LIS3DH',
    addresses: [0x18, 0x19],
    register: 0xa7,
    bytes: 7,
    skip: 1,
    order: 'low first',
    setup: [
      [0x23, 0x98],
      [0x20, 0x67],
    ],
    options: [{ key: 'range', value: '4', label: '4 g' }],
    fastest: 200,
  },
} as const satisfies Record<string, FastChip>;

export type FastChipName = keyof typeof FAST_CHIPS;
