import { errors } from '../errors.ts';

/** Which board of this process holds which port or address: two on one would each get half of the bytes. */
export function createHolders() {
  const held = new Map<string, string>();
  return {
    /**
     * @param port what both would name alike, whatever name they know it by
     * @param shown as the user knows it
     * @returns what gives it back
     * @throws PORT_BUSY naming the board that holds it
     */
    take(port: string, shown: string, board: string): () => void {
      const holder = held.get(port);
      if (holder !== undefined) throw errors.PORT_BUSY({ port: shown, holder: `the board "${holder}"` });
      held.set(port, board);
      return () => void held.delete(port);
    },
  };
}

export type Holders = ReturnType<typeof createHolders>;
