import type { MakeDriver } from './driver.ts';

/** @see ROHM BH1750FVI: continuous, high resolution; 1.2 counts a lux */
export const bh1750: MakeDriver = (port) => ({
  start() {
    port.write(0x01);
    port.write(0x10);
    return port.pause(180);
  },
  async read() {
    return { light: (await port.read(undefined, 2)).high(0) / 1.2 };
  },
});

/** @see TAOS TSL2561, "calculating lux", for the packages T, FN and CL */
function lux(broadband: number, infrared: number): number {
  if (broadband === 0) return 0;
  const ratio = infrared / broadband;
  if (ratio <= 0.5) return 0.0304 * broadband - 0.062 * broadband * ratio ** 1.4;
  if (ratio <= 0.61) return 0.0224 * broadband - 0.031 * infrared;
  if (ratio <= 0.8) return 0.0128 * broadband - 0.0153 * infrared;
  return ratio <= 1.3 ? 0.00146 * broadband - 0.00112 * infrared : 0;
}

export const tsl2561: MakeDriver = (port, { gain }) => {
  const high = Number(gain) === 16;
  return {
    start() {
      port.write(0x80, 0x03);
      port.write(0x81, high ? 0x12 : 0x02);
      return port.pause(450);
    },
    async read() {
      const data = await port.read(0xac, 4);
      // The formula is for the high gain.
      const scale = high ? 1 : 16;
      const full = data.low(0) >= 65_535 || data.low(2) >= 65_535;
      return full ? {} : { light: lux(data.low(0) * scale, data.low(2) * scale) };
    },
  };
};
