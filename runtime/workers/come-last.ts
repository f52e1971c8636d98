import { writeFileSync } from 'node:fs';
import { constants, setPriority } from 'node:os';

/** Lets all others come before a process: at the processor, and where the memory of the machine or of its cgroup is over. */
export function comeLast(pid: number): void {
  // Where it is not allowed it runs as it is.
  try {
    setPriority(pid, constants.priority.PRIORITY_BELOW_NORMAL);
  } catch {
    // Some containers forbid it.
  }
  // Linux ends this process, and not the gateway.
  try {
    writeFileSync(`/proc/${pid}/oom_score_adj`, '1000');
  } catch {
    // Another system.
  }
}
