/** The models of the gateway, as this page knows them, and the one that is being imported. */
import {
  importAnswer,
  type ImportAnswer,
  type ImportChoices,
  inspectAnswer,
  type InspectAnswer,
  modelCard,
  type ModelCard,
  type ModelRow,
  modelsAnswer,
  tryAnswer,
  type TryAnswer,
} from '../../../runtime/messages/index.ts';
import type { AskGateway } from '../../gateway.ts';
import { type Observed, observed } from '../../live/observed.ts';
import { query } from '../../query.ts';
import { attempts } from '../attempts.ts';
import type { Trouble } from '../notice.tsx';

export interface ModelsState {
  /** The gateway has answered once. */
  readonly loaded: boolean;
  readonly models: readonly ModelRow[];
  /** Reference of the version that came last while the page looked on. */
  readonly fresh?: string;
  readonly trouble?: Trouble;
}

export interface Models {
  readonly state: Observed<ModelsState>;
  refresh(): Promise<void>;
  card(name: string, version: string): Promise<ModelCard>;
  /** Each of these: whether it went well; if not, `trouble` says why. */
  alias(name: string, alias: string, version: string | undefined): Promise<boolean>;
  note(name: string, version: string, note: string): Promise<boolean>;
  remove(name: string, version: string): Promise<boolean>;
  /** @throws {Refused} */
  ask(name: string, version: string, input: unknown): Promise<TryAnswer>;
  /** Sends a model's file, or one with numbers of a model that was sent. @throws {Refused} */
  upload(file: File, of?: { readonly upload: string; readonly as: string }): Promise<InspectAnswer>;
  /** What would be made of it with these choices. @throws {Refused} */
  preview(upload: string, choices: ImportChoices): Promise<InspectAnswer>;
  /** @throws {Refused} */
  add(upload: string, choices: ImportChoices): Promise<ImportAnswer>;
}

/** @param ask asks the gateway */
export function createModels(ask: AskGateway): Models {
  const state = observed<ModelsState>({ loaded: false, models: [] });

  const attempt = attempts(state);
  const take = async () => {
    const { models } = modelsAnswer.parse(await ask('models'));
    state.set({ ...state.value, loaded: true, models });
  };
  const change = (path: string, body: unknown) =>
    attempt(async () => {
      await ask(`models/${path}`, body);
      await take();
    });

  return {
    state,
    refresh: async () => void (await attempt(take)),
    card: async (name, version) => modelCard.parse(await ask(`models/card?${query({ name, version })}`)),
    alias: (name, alias, version) => change('alias', { name, alias, version }),
    note: (name, version, note) => change('note', { name, version, note }),
    remove: (name, version) => change('remove', { name, version }),
    async ask(name, version, input) {
      const answer =
        input instanceof Blob
          ? await ask(`models/try-file?${query({ name, version })}`, input)
          : await ask('models/try', { model: `${name}@${version}`, input });
      return tryAnswer.parse(answer);
    },
    async upload(file, of) {
      const path = query(of ? { upload: of.upload, file: of.as } : { file: file.name });
      return inspectAnswer.parse(await ask(`models/inspect?${path}`, file));
    },
    preview: async (upload, choices) => inspectAnswer.parse(await ask('models/preview', { upload, choices })),
    async add(upload, choices) {
      const added = importAnswer.parse(await ask('models/import', { upload, choices }));
      state.set({ ...state.value, fresh: `${added.name}@${added.version}` });
      await attempt(take);
      return added;
    },
  };
}
