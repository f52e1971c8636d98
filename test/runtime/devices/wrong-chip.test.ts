import { afterEach, describe, expect, it, vi } from 'vitest';
import { systemClock } from '../../../runtime/base/index.ts';
import { type Board, createBoards, type ReadRequest } from '../../../runtime/devices/index.ts';

const boards = createBoards({ clock: systemClock });
let board: Board;
let count = 0;
const room = async () => (board = await boards.open(`wrong-${++count}`, { name: 'bench', scene: 'room' }));
afterEach(() => board.close());

interface Told {
  readonly code: string;
  readonly message: string;
  readonly hint?: string;
}

/** What a node hears that reads this sensor. */
const listen = (asked: Pick<ReadRequest, 'kind' | 'address'>) => {
  const [values, lost]: [unknown[], Told[]] = [[], []];
  board.read(
    { holder: asked.kind, pins: [], period: 100, ...asked },
    { next: ({ value }) => values.push(value), lost: (error) => lost.push(error) },
  );
  return { values, lost };
};
const SOON = { timeout: 60_000 };

describe('a sensor at whose address another chip is', () => {
  it('says which chip answers there and what that does not measure, while other sensors go on', async () => {
    await room();
    const [wrong, well] = [listen({ kind: 'bme280', address: 0x77 }), listen({ kind: 'bme280-humidity' })];
    await vi.waitFor(() => expect(wrong.lost).toHaveLength(1), SOON);
    expect(wrong.lost[0]).toMatchObject({
      code: 'CHIP_WRONG',
      message: expect.stringMatching(/0x77.*a BMP180 answers.*a BME280.*not measure humidity/) as string,
      hint: expect.stringContaining('BMP180') as string,
    });
    await vi.waitFor(() => expect(well.values.length).toBeGreaterThan(2), SOON);
    expect(well.lost).toEqual([]);
    expect(wrong.values).toEqual([]);
  });

  it.each([
    ['bmp180', 0x77, undefined],
    ['mcp9808', 0x19, 'LIS3DH'],
    ['lis3dh', 0x18, 'MCP9808'],
    ['ms5611-pressure', 0x77, 'BMP180'],
    ['ms5611-pressure', 0x76, 'BME280'],
    ['hmc5883l', 0x1e, undefined],
    ['bmp280', 0x76, undefined],
    ['tsl2561', 0x39, undefined],
    ['adxl345', 0x53, undefined],
    ['mpu6050', 0x68, undefined],
  ] as const)('is read or named where a %s is expected at address %i', async (kind, address, other) => {
    await room();
    const { values, lost } = listen({ kind, address });
    if (other === undefined) {
      await vi.waitFor(() => expect(values.length).toBeGreaterThan(0), SOON);
      return expect(lost).toEqual([]);
    }
    await vi.waitFor(() => expect(lost[0]).toMatchObject({ code: 'CHIP_WRONG' }), SOON);
    expect(lost[0]?.message).toContain(other);
    expect(values).toEqual([]);
  });

  it('is told to whoever reads it together with pins, too, and their pins go on being read by others', async () => {
    await room();
    const [lost, samples]: [Told[], unknown[]] = [[], []];
    board.sample(
      { holder: 'wrong', channels: [{ name: 'x', pin: '0x18', kind: 'lis3dh-x' }], rate: 50 },
      { next: () => expect.unreachable(), lost: (error) => lost.push(error) },
    );
    board.sample(
      { holder: 'right', channels: [{ name: 'x', pin: '0x53', kind: 'adxl345-x' }], rate: 50 },
      { next: (sample) => samples.push(sample) },
    );
    await vi.waitFor(() => expect(lost).toHaveLength(1), SOON);
    expect(lost[0]).toMatchObject({
      code: 'CHIP_WRONG',
      message: expect.stringMatching(/0x18.*an MCP9808 answers.*an LIS3DH is/) as string,
    });
    await vi.waitFor(() => expect(samples.length).toBeGreaterThan(5), SOON);
  });
});
