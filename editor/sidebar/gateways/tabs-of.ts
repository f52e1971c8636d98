import { red } from '../../red.ts';

export interface FlowTab {
  readonly id: string;
  readonly label: string;
  readonly disabled: boolean;
}

/** The tabs of the flow, as the editor has them. */
export function tabsOf(): readonly FlowTab[] {
  const tabs: FlowTab[] = [];
  red().nodes.eachWorkspace(({ id, label, disabled = false }) => void tabs.push({ id, label, disabled }));
  return tabs;
}
