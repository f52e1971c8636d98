import type { GatewayProblem } from '../../../runtime/messages/index.ts';

/** What is the matter, and what to do. */
export const Why = ({ problem: { message, hint } }: { readonly problem: GatewayProblem }) => (
  <div class="millrace-outbox-why">
    <p>{message}</p>
    <p class="millrace-quiet">{hint}</p>
  </div>
);
