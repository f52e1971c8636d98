import { describe, expect, it } from 'vitest';
import { refuseCircles } from '../../../runtime/flow-test/nodes/config-circles.ts';

describe('a config node under test', () => {
  it('is refused where it has its own id for a name, on which Node-RED would start no flow', () => {
    const board = { id: 'bench', type: 'board', name: 'bench', kind: 'virtual' };
    expect(() => refuseCircles([board])).toThrow(
      expect.objectContaining({ code: 'TEST_CONFIG_NAMES_ITSELF', message: expect.stringMatching('"name"') as string }),
    );
  });

  it('may be called like another, and what stands on the canvas or holds it may have any name', () => {
    refuseCircles([
      { id: 'flow', type: 'tab', label: 'flow' },
      { id: 'bench', type: 'board', name: 'pump' },
      { id: 'pump', type: 'sensor', name: 'pump', z: 'flow', x: 10, y: 10, board: 'bench' },
    ]);
  });
});
