/**
 * The oldest Millrace that runs what is packed here. Raised when a bundle, or a setting of a node in it, means something that
 * older ones do not know; not with each release: a gateway that nobody has updated goes on taking what it can run.
 */
export const OLDEST_RUNTIME = '0.1.0';
