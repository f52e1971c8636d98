export { makeSecretFile, readOrMakeSecret, readSecretFile, removeSecretFile, writeSecretFile } from './secret-file.ts';
export type { SecretFileOptions } from './secret-file.ts';
