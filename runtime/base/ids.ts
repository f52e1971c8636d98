/** A new id, unique without coordination: of a message, a gateway, a recording. */
export function newId(): string {
  return crypto.randomUUID();
}
