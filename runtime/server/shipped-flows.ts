import { fileURLToPath } from 'node:url';

/** The folder that holds the flows that come with Millrace, as `NAME/flow.json`, with their tests. */
export const SHIPPED_FLOWS = fileURLToPath(new URL('../../flows', import.meta.url));
