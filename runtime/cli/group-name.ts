/** Whom a release is for, in words. */
export const groupName = (group: string): string =>
  group === 'any' ? 'every gateway' : `gateways of the group "${group}"`;
