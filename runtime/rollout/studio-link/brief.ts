/** What a studio shows of long words: what a test printed may be many pages, and a studio takes no message of any length. */
import type { GatewayEvent, GatewayProblem, GatewayStatus } from '../../messages/index.ts';

/** Characters. */
const LONGEST = 2_000;
const SHORT = 200;

/** What JSON writes with six characters: a device's bytes in a message, or half of a pair. */
const UNWRITTEN = /(?![\n\t])[\p{Cc}\p{Cs}]/gu;

const cut = (text: string, longest = LONGEST) => {
  const plain = text.slice(0, longest).replace(UNWRITTEN, '�');
  return text.length > longest ? `${plain}…` : plain;
};

const briefProblem = ({ code, message, hint, title }: GatewayProblem): GatewayProblem => ({
  code: cut(code, SHORT),
  title: cut(title, SHORT),
  message: cut(message),
  hint: cut(hint),
});

export function briefEvent<Event extends Pick<GatewayEvent, 'text' | 'problem'>>(event: Event): Event {
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
