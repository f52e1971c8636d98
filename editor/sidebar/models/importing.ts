/** A model file on its way into the registry: sent, looked at, named, imported. */
import type { ImportAnswer, ImportChoices, InspectAnswer } from '../../../runtime/messages/index.ts';
import { type Observed, observed } from '../../live/observed.ts';
import { type Trouble, troubleOf } from '../notice.tsx';
import type { Models } from './models.ts';

export interface ImportingState {
  readonly busy?: 'reading' | 'trying' | 'adding';
  /** What the file is called. */
  readonly file?: string;
  readonly answer?: InspectAnswer;
  /** What the user has said so far; all else is as proposed. */
  readonly choices: ImportChoices;
  readonly trouble?: Trouble;
}

export interface Importing {
  readonly state: Observed<ImportingState>;
  /** Files that were chosen or dropped together: a model, and what belongs to it. */
  take(files: readonly File[]): Promise<void>;
  /** The model is tried again with them, once the user pauses. */
  change(choices: ImportChoices): void;
  /** @returns what it has become, if it could be imported */
  add(): Promise<ImportAnswer | undefined>;
  discard(): void;
}

/** While somebody types, nothing is tried. */
const PAUSE = 500;
const NOTHING: ImportingState = { choices: {} };

/** @param after waits so many ms */
export function createImporting(
  models: Pick<Models, 'upload' | 'preview' | 'add'>,
  after: (ms: number) => Promise<void>,
): Importing {
  const state = observed<ImportingState>(NOTHING);
  /** Counted up by whatever makes an answer that is on its way worthless. */
  let turn = 0;

  const settle = (change: Partial<ImportingState>) => {
    const { busy: _done, trouble: _mended, ...rest } = state.value;
    state.set({ ...rest, ...change });
  };
  const read = async (model: File, others: readonly File[], mine: number) => {
    let answer = await models.upload(model);
    answer = await attach(answer, others, () => mine === turn);
    if (mine === turn) settle({ answer });
  };
  const attach = async (answer: InspectAnswer, files: readonly File[], wanted: () => boolean) => {
    let newest = answer;
    for (const missing of answer.missing) {
      const file = files.find(({ name }) => name === baseName(missing)) ?? onlyOne(files, answer.missing);
      if (file && wanted()) newest = await models.upload(file, { upload: answer.upload, as: missing });
    }
    return newest;
  };

  return {
    state,
    async take(files) {
      const mine = ++turn;
      const { answer } = state.value;
      const model = files.find(({ name }) => /\.onnx$/i.test(name)) ?? (answer ? undefined : files[0]);
      try {
        if (model) {
          state.set({ choices: {}, file: model.name, busy: 'reading' });
          await read(
            model,
            files.filter((file) => file !== model),
            mine,
          );
        } else if (answer) {
          state.set({ ...state.value, busy: 'reading' });
          const newest = await attach(answer, files, () => mine === turn);
          if (mine === turn) settle({ answer: newest });
        }
      } catch (error) {
        if (mine === turn) settle({ trouble: troubleOf(error) });
      }
    },
    change(choices) {
      const mine = ++turn;
      const { answer } = state.value;
      state.set({ ...state.value, choices });
      if (!answer?.proposal) return;
      void (async () => {
        await after(PAUSE);
        if (mine !== turn) return;
        state.set({ ...state.value, busy: 'trying' });
        try {
          const newest = await models.preview(answer.upload, state.value.choices);
          if (mine === turn) settle({ answer: newest });
        } catch (error) {
          if (mine === turn) settle({ trouble: troubleOf(error) });
        }
      })();
    },
    async add() {
      const mine = ++turn;
      const { answer, choices } = state.value;
      if (!answer) return undefined;
      state.set({ ...state.value, busy: 'adding' });
      try {
        const added = await models.add(answer.upload, choices);
        if (mine === turn) state.set(NOTHING);
        return added;
      } catch (error) {
        if (mine === turn) settle({ trouble: troubleOf(error) });
        return undefined;
      }
    },
    discard() {
      turn++;
      state.set(NOTHING);
    },
  };
}

const baseName = (path: string) => path.split(/[\\/]/).at(-1) ?? path;
/** Where one file is missing and one was chosen, it is that one, whatever it is called. */
const onlyOne = (files: readonly File[], missing: readonly string[]) =>
  missing.length === 1 && files.length === 1 ? files[0] : undefined;
