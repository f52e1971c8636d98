/**
 * Tests that stand at their place in the tree and take too long for `npm test`, which is to stay within ten minutes: real
 * servers, wires to boards, whole dialogs in a browser, trainings and flow tests in processes of their own. `npm run test:long`
 * runs them.
 */
export const LONGER = [
  'test/conformance/senders/*.test.ts',
  'test/conformance/boards/emulated.test.ts',
  'test/conformance/boards/serial.test.ts',
  'test/conformance/boards/tcp.test.ts',
  'test/conformance/components/*.test.ts',
  'test/integration/bundle-test.test.ts',
  'test/integration/flow-tests.test.ts',
  'test/integration/gateway-pair.test.ts',
  'test/integration/plain-node-red.test.ts',
  'test/integration/run-bundle.test.ts',
  'test/integration/training-load.test.ts',
  'test/browser/flow-tests.test.ts',
  'test/browser/dialogs.test.ts',
  'test/browser/data.test.ts',
  'test/browser/drift.test.ts',
  'test/browser/models.test.ts',
  'test/browser/gateways.test.ts',
  'test/browser/outbox.test.ts',
  'test/browser/recordings.test.ts',
  'test/browser/features-dialog.test.ts',
  'test/browser/drift-dialog.test.ts',
  'test/browser/devices.test.ts',
  'test/browser/actuator-dialog.test.ts',
  'test/runtime/flow-test/trouble.test.ts',
  'test/runtime/outbox/queue/disk-full.test.ts',
  'test/runtime/services/learning/disk-full.test.ts',
  'test/runtime/services/learning/learning.test.ts',
  'test/runtime/devices/wires/serial.test.ts',
  'test/runtime/devices/wires/tcp.test.ts',
  'test/runtime/rollout/deploy/power-cuts.test.ts',
  'test/runtime/cli/doctor.test.ts',
  'test/runtime/inference/yardsticks.test.ts',
  'test/scripts/make-*.test.ts',
  'test/faults/gateway-kills.test.ts',
  'test/integration/gateway.test.ts',
  'test/runtime/rollout/supervisor/gateway.test.ts',
  'test/runtime/rollout/supervisor/flow-process.test.ts',
];

/** Of the long ones, those that measure memory, time or what is lost under load: nothing else runs beside them. */
export const ALONE = [
  'test/long/outbox-kills.test.ts',
  'test/runtime/flow-test/trouble.test.ts',
  'test/integration/training-load.test.ts',
  'test/faults/gateway-kills.test.ts',
];

/** Of the long ones, those that take minutes, the longest first. */
export const LONGEST = [
  'test/long/outbox-servers.test.ts',
  'test/long/drift-lesson.test.ts',
  'test/integration/flow-tests.test.ts',
  'test/long/gateway-path.test.ts',
  'test/long/redeploys.test.ts',
  'test/long/trainers.test.ts',
  'test/integration/gateway.test.ts',
  'test/runtime/services/learning/learning.test.ts',
  'test/long/first-model.test.ts',
  'test/long/outbox-dialogs.test.ts',
  'test/long/published.test.ts',
  'test/browser/data.test.ts',
];
