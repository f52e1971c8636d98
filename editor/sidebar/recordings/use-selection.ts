import { useEffect, useState } from 'preact/hooks';
import { type EditorNode, red } from '../../red.ts';
import { isRecordable } from './recordable.ts';

/** The nodes that are selected on the canvas and take part in what flows. */
export function useSelection(): readonly EditorNode[] {
  const [nodes, setNodes] = useState(selected);
  useEffect(() => {
    const look = () => setNodes(selected());
    const events = ['view:selection-changed', 'nodes:change', 'links:add', 'links:remove'];
    for (const event of events) red().events.on(event, look);
    return () => events.forEach((event) => red().events.off(event, look));
  }, []);
  return nodes;
}

export const selected = (): readonly EditorNode[] => (red().view.selection().nodes ?? []).filter(isRecordable);
