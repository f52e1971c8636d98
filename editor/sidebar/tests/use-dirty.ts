import { useEffect, useState } from 'preact/hooks';
import { red } from '../../red.ts';

/** Whether there are changes that are not deployed. */
export function useDirty(): boolean {
  const [dirty, setDirty] = useState(() => red().nodes.dirty());
  useEffect(() => {
    const look = () => setDirty(red().nodes.dirty());
    red().events.on('workspace:dirty', look);
    return () => red().events.off('workspace:dirty', look);
  }, []);
  return dirty;
}
