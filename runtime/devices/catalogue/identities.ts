/** What stands in a register that says which chip this is. */
export interface Mark {
  readonly register: number;
  /** Any of these, byte by byte. */
  readonly is: readonly (readonly number[])[];
  /** The bits of each byte that count. Default: all. */
  readonly mask?: number;
}

/** How a chip says which one it is. */
export interface Identity {
  readonly label: string;
  readonly addresses: readonly number[];
  /** All of them hold. None: nothing else that can say what it is may be there. */
  readonly marks: readonly Mark[];
  /** It has no register that names it, but calibration words with a checksum. */
  readonly prom?: true;
}

const BOSCH = [0x76, 0x77];
const INVENSENSE = [0x68, 0x69];
const one = (register: number, ...is: readonly number[]): readonly Mark[] => [
  { register, is: is.map((byte) => [byte]) },
];

/**
 * The chips that can be asked which they are, by the name of the chip in the catalogue or one of its own where the catalogue
 * has none. The others, among them everything that drives outputs, have no register for it.
 *
 * A BME280 can be read as a BMP280 too, and what was made in the MPU-6050's manner as one: it comes first, so that it is
 * called by its own name. The checksum of an MS5611 has four bits only: it counts where no other chip names itself.
 *
 * @see the data sheets that are named at the drivers; Bosch BST-BME680-DS001, InvenSense RM-MPU-6500A-00 and RM-MPU-9250A-00
 */
export const IDENTITIES: Readonly<Record<string, Identity>> = {
  bme280: { label: 'BME280', addresses: BOSCH, marks: one(0xd0, 0x60) },
  bmp280: { label: 'BMP280', addresses: BOSCH, marks: one(0xd0, 0x58, 0x57, 0x56, 0x60) },
  bmp180: { label: 'BMP180', addresses: [0x77], marks: one(0xd0, 0x55) },
  ms5611: { label: 'MS5611', addresses: [0x77, 0x76], marks: [], prom: true },
  bme680: { label: 'BME680', addresses: BOSCH, marks: one(0xd0, 0x61) },
  mpu6500: { label: 'MPU-6500', addresses: INVENSENSE, marks: one(0x75, 0x70) },
  mpu9250: { label: 'MPU-9250', addresses: INVENSENSE, marks: one(0x75, 0x71, 0x73) },
  mpu6050: { label: 'MPU-6050', addresses: INVENSENSE, marks: one(0x75, 0x68, 0x72, 0x98, 0x70, 0x71, 0x73) },
  adxl345: { label: 'ADXL345', addresses: [0x53, 0x1d], marks: one(0x00, 0xe5) },
  lis3dh: { label: 'LIS3DH', addresses: [0x18, 0x19], marks: one(0x0f, 0x33) },
  mma8452: { label: 'MMA8452', addresses: [0x1d, 0x1c], marks: one(0x0d, 0x2a, 0x1a, 0x3a) },
  'lsm303c-acceleration': { label: 'LSM303C accelerometer', addresses: [0x1d], marks: one(0x0f, 0x41) },
  'lsm303c-field': { label: 'LSM303C compass', addresses: [0x1e], marks: one(0x0f, 0x3d) },
  hmc5883l: {
    label: 'HMC5883L',
    addresses: [0x1e],
    marks: [{ register: 0x0a, is: [[0x48, 0x34, 0x33]] }],
  },
  mag3110: { label: 'MAG3110', addresses: [0x0e], marks: one(0x07, 0xc4) },
  mpl3115a2: { label: 'MPL3115A2', addresses: [0x60], marks: one(0x0c, 0xc4) },
  bno055: { label: 'BNO055', addresses: [0x28, 0x29], marks: one(0x00, 0xa0) },
  mcp9808: {
    label: 'MCP9808',
    addresses: [0x18, 0x19, 0x1a, 0x1b, 0x1c, 0x1d, 0x1e, 0x1f],
    // Who made it, and what it is; its revision follows.
    marks: [
      { register: 0x06, is: [[0x00, 0x54]] },
      { register: 0x07, is: [[0x04]] },
    ],
  },
  // The upper half is the part's number, the lower one its revision.
  tsl2561: {
    label: 'TSL2561',
    addresses: [0x39, 0x29, 0x49],
    marks: [{ register: 0x8a, is: [[0x50], [0x10]], mask: 0xf0 }],
  },
};
