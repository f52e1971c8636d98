/** What a studio shows of long words: what a test printed may be many pages, and a studio takes no message of any length. */
import type { GatewayEvent, GatewayProblem, GatewayStatus } from '../../messages/index.ts';

/** Characters. */
const LONGEST = 2_000;

const cut = (text: string) => (text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text);

const briefProblem = ({ code, message, hint, title }: GatewayProblem): GatewayProblem => ({
  ...{ code, title },
  message: cut(message),
  hint: cut(hint),
});

export function briefEvent(event: GatewayEvent): GatewayEvent {
  const { problem } = event;
  return { ...event, text: cut(event.text), ...(problem && { problem: briefProblem(problem) }) };
}

export function briefStatus(status: GatewayStatus): GatewayStatus {
  const { problem, progress } = status;
  return {
    ...status,
    ...(problem && { problem: briefProblem(problem) }),
    ...(progress && { progress: { ...progress, text: cut(progress.text) } }),
  };
}
