export { makeSecretFile, readOrMakeSecret, readSecretFile, removeSecretFile, writeSecretFile } from './secret-file.ts';
export type { SecretFileOptions } from './secret-file.ts';
export { loadFieldKeys, readFieldKeys } from './fields/field-keys.ts';
export type { FieldKey, FieldKeys } from './fields/field-keys.ts';
export { decrypt, isEncrypted } from './fields/cipher.ts';
export { createProtection, reveal } from './fields/protection.ts';
export type { Protect, Revealed } from './fields/protection.ts';
export { fieldKeysIn, openProtector, passingProtector } from './fields/protector.ts';
export type { Protector } from './fields/protector.ts';
