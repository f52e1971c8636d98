/** Whether a block that has a memory begins each window anew, or goes on from the window before. Safe in the browser. */
export const MEMORIES = ['reset', 'carry'] as const;
export type Memory = (typeof MEMORIES)[number];
