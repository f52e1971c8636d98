/** Settings by these names may hold what is nobody's business, wherever somebody has put it. */
const SECRET = /passw|passphrase|secret|token|api[-_]?key|credential|private[-_]?key|authorization/i;

/** Whether what stands under a name may be secret. */
export const isSecretName = (name: string): boolean => SECRET.test(name);
