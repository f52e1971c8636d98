import { defineLimit } from '../base/index.ts';

export const limits = {
  receiving: defineLimit(
    'deploy_silence_ms',
    60_000,
    'Deploys dropped because no piece came for so long, ms: what has come is kept',
  ),
  reserve: defineLimit(
    'deploy_reserve_bytes',
    16_000_000,
    'Deploys refused because they would leave less room on the disk to what runs, bytes',
  ),
  starts: defineLimit(
    'deploy_starts',
    3,
    'New bundles left for the one before because they were started so often and did not stay up',
  ),
  startup: defineLimit(
    'deploy_start_ms',
    300_000,
    'Starts of a new bundle that were ended because its flow did not run after so long, however busy it was, ms',
  ),
  failures: defineLimit(
    'bundle_failures',
    5,
    'Bundles that had held and were left for the one before because they failed so often in a row',
  ),
  fit: defineLimit(
    'deploy_fit_ms',
    120_000,
    'Deploys refused because it was not known in so long whether they fit, ms',
  ),
  test: defineLimit('deploy_test_ms', 900_000, 'Deploys refused because their tests were not done in so long, ms'),
} as const;
