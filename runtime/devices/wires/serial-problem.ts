import { asMillraceError } from '../../base/index.ts';
import { serialLibrary } from './serial.ts';

/** Why boards on a cable cannot be reached: the library for serial ports does not load. None where it does. */
export async function serialProblem(): Promise<string | undefined> {
  return serialLibrary().then(
    () => undefined,
    (thrown: unknown) => asMillraceError(thrown).message,
  );
}
