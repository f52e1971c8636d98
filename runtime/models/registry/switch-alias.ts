import { type Clock, counter, defineLimit, type MillraceError } from '../../base/index.ts';
import { aliasCommand, type AliasCommand, modelIdentity, type ModelIdentity } from '../../messages/index.ts';
import type { ModelAlias } from './aliases.ts';
import type { RegistryEntry } from './entry.ts';
import { errors } from './errors.ts';
import { type FollowedAlias, followedAlias } from './follows.ts';
import type { AliasMove } from './index-file.ts';
import { stopBefore } from './steps-back.ts';

/** What a control message has brought about. */
export interface AliasSwitch extends FollowedAlias {
  /** Where the alias is now. */
  readonly version: string;
  /** False where there was nothing to do: it was there already, or is no longer where the message thought. */
  readonly moved: boolean;
}

const HOUR = 3_600_000;
const limit = defineLimit(
  'alias_switches_per_hour',
  20,
  'Control messages refused because their alias was moved too often within an hour',
);
const switched = counter('millrace_alias_switches_total', 'Aliases moved by a control message');

/** What is needed of a registry. */
interface Moving {
  find(reference: string): Promise<RegistryEntry>;
  alias(name: string, alias: string, version: string): Promise<void>;
  aliases(name: string): Promise<readonly ModelAlias[]>;
  moves(name: string, alias: string): Promise<readonly AliasMove[]>;
  /** Where the alias leads in what ships, which its moves do not know. */
  shipped(name: string, alias: string): Promise<string | undefined>;
  /** Whether the bundle that runs has laid down which version the reference means. */
  pinned(reference: string): boolean;
}

/**
 * Moves an alias as a control message says, once: the same message again finds it moved, and one about a version that is no
 * longer in place (`about`) is late.
 *
 * @param command `{name, to}`, as it stood in the message
 * @param follows the references of whoever was told: only an alias among them is moved
 * @param about   the model that the message is about, if it says one
 * @throws ALIAS_COMMAND_INVALID, ALIAS_NOT_FOLLOWED, ALIAS_PINNED, ALIAS_NO_PREVIOUS, ALIAS_SWITCHED_OFTEN; MODEL_NOT_FOUND, ALIAS_DANGLING;
 *   what storage says of the index
 */
export async function switchAlias(
  registry: Moving,
  clock: Clock,
  command: unknown,
  follows: readonly string[],
  about?: unknown,
): Promise<AliasSwitch> {
  const parsed = aliasCommand.safeParse(command);
  if (!parsed.success) throw errors.ALIAS_COMMAND_INVALID({ command });
  const { to } = parsed.data;
  const { name, alias } = chosen(parsed.data, follows);
  if (registry.pinned(`${name}@${alias}`)) throw errors.ALIAS_PINNED({ reference: `${name}@${alias}` });
  const current = await registry.find(`${name}@${alias}`);
  const stays = { name, alias, version: current.version ?? '', moved: false };
  if (isLate(about, current)) return stays;
  const moves = await registry.moves(name, alias);
  const target = to === 'previous' ? await before(registry, { name, alias }, current, moves) : to;
  const next = await registry.find(`${name}@${target}`);
  if (next.digest === current.digest) return stays;
  const recent = moves.filter(({ moved }) => moved > clock.now() - HOUR).length;
  if (recent >= limit.value) {
    limit.cost();
    throw errors.ALIAS_SWITCHED_OFTEN({ reference: `${name}@${alias}`, count: recent, most: limit.value });
  }
  await registry.alias(name, alias, next.digest ?? target);
  switched.add();
  return { name, alias, version: next.version ?? '', moved: true };
}

/** @throws ALIAS_NOT_FOLLOWED */
function chosen({ name, model }: AliasCommand, follows: readonly string[]): FollowedAlias {
  const fits = follows
    .map(followedAlias)
    .filter((one) => one?.alias === name && (model === undefined || one.name === model))
    .filter((one) => one !== undefined);
  const [first] = fits;
  if (first && fits.every((one) => one.name === first.name)) return first;
  throw errors.ALIAS_NOT_FOLLOWED({ alias: name, model, follows, models: fits.map((one) => one.name) });
}

/** Two nodes may be told of the same event, and an event of a version that was replaced may come after that. */
function isLate(about: unknown, current: RegistryEntry): boolean {
  const model: ModelIdentity | undefined = modelIdentity.safeParse(about).data;
  return model?.name === current.name && model?.digest !== current.digest;
}

/** @throws ALIAS_NO_PREVIOUS */
async function before(
  registry: Moving,
  { name, alias }: FollowedAlias,
  current: RegistryEntry,
  moves: readonly AliasMove[],
): Promise<string> {
  const shipped = await registry.shipped(name, alias);
  // Where it was taken away, the one that ships came back.
  const stops = [shipped, ...moves.map(({ digest }) => digest ?? shipped).reverse()];
  const none = (removed?: string): MillraceError =>
    errors.ALIAS_NO_PREVIOUS({ reference: `${name}@${alias}`, version: current.version ?? '', removed });
  const stop = stopBefore([...stops, current.digest].filter((one) => one !== undefined));
  if (stop === undefined) throw none();
  return await registry.find(`${name}@${stop}`).then(
    () => stop,
    () => Promise.reject(none(moves.find(({ digest }) => digest === stop)?.version ?? stop)),
  );
}
