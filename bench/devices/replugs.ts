import { openVirtualPort } from '../../scripts/virtual-port.ts';
import { createBoards, systemClock } from './built.ts';

/** ms from the plug to the first sample, each time. */
export async function measureReplugs(times: number): Promise<number[]> {
  const port = await openVirtualPort();
  const boards = createBoards({ clock: systemClock });
  const found: number[] = [];
  try {
    const board = await boards.open('board', { kind: 'serial', port: port.path });
    let heard: () => void = () => undefined;
    board.sample(
      { holder: 'bench', rate: 100, channels: [{ name: 'x', pin: 'A0', kind: 'volts' }] },
      { next: () => heard() },
    );
    const sample = () => new Promise<void>((resolve) => (heard = resolve));
    for (let turn = 0; turn < times; turn++) {
      await sample();
      await port.unplug();
      await systemClock.sleep(500 + (turn % 5) * 300);
      const plugged = performance.now();
      await port.plugIn();
      await sample();
      found.push(performance.now() - plugged);
    }
    return found;
  } finally {
    await boards.close();
    await port.close();
  }
}
