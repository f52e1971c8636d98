/** The services that not every flow needs, and whose code takes time and memory to load. */
export type OptionalService = 'dataSets' | 'drift' | 'importer' | 'learning' | 'library' | 'recordings' | 'suites';

/** Which of them the nodes of a type use while a flow runs. A type that is not named uses none. */
const USED: Readonly<Record<string, readonly OptionalService[]>> = {
  collect: ['dataSets'],
  drift: ['drift'],
  evaluate: ['dataSets', 'learning'],
  record: ['recordings'],
  replay: ['recordings'],
  train: ['dataSets', 'learning'],
};

/** What a flow of these types needs. */
export const servicesFor = (types: Iterable<string>): ReadonlySet<OptionalService> =>
  new Set([...types].flatMap((type) => USED[type] ?? []));

/** Of this program's own making: who uses a service asks for it. */
export function leftOut(service: OptionalService): never {
  throw new Error(`The service ${service} was left out of this process`);
}
