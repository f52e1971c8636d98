/** The data sets of the gateway, as this page knows them. */
import {
  dataSetsAnswer,
  type DataSetRow,
  type ExampleChoice,
  exampleMap,
  type ExampleMap,
  examplesAnswer,
  type ExamplesAnswer,
  exampleView,
  type ExampleView,
  type Finding,
  findingsAnswer,
  importDataAnswer,
  type ImportDataAnswer,
  type TruthLabel,
} from '../../../runtime/messages/index.ts';
import type { AskGateway } from '../../gateway.ts';
import { type Observed, observed } from '../../live/observed.ts';
import { query } from '../../query.ts';
import { attempts } from '../attempts.ts';
import type { Trouble } from '../notice.tsx';

export interface DataSetsState {
  /** The gateway has answered once. */
  readonly loaded: boolean;
  readonly dataSets: readonly DataSetRow[];
  readonly trouble?: Trouble;
}

export interface ExamplesAsked {
  readonly offset: number;
  readonly limit: number;
  /** `''`: those without one. */
  readonly label?: string;
  readonly values?: 'yes';
}

export interface ImportAsked {
  readonly name: string;
  readonly labelColumn?: string;
  readonly label?: string;
}

export interface DataSets {
  readonly state: Observed<DataSetsState>;
  refresh(): Promise<void>;
  /** Each of these: @throws {Refused} */
  examples(name: string, page: ExamplesAsked): Promise<ExamplesAnswer>;
  example(name: string, id: number): Promise<ExampleView>;
  findings(name: string): Promise<readonly Finding[]>;
  map(name: string): Promise<ExampleMap>;
  importFile(file: File, asked: ImportAsked): Promise<ImportDataAnswer>;
  importRecording(recording: string, asked: ImportAsked): Promise<ImportDataAnswer>;
  /** Each of these: whether it went well; if not, `trouble` says why. */
  relabel(name: string, choice: ExampleChoice, label: TruthLabel | null): Promise<boolean>;
  removeExamples(name: string, choice: ExampleChoice): Promise<boolean>;
  freeze(name: string, note: string): Promise<boolean>;
  /** @param version digest */
  removeVersion(name: string, version: string): Promise<boolean>;
  remove(name: string): Promise<boolean>;
}

/** Where the gateway sends a data set as a file. */
export const exportPath = (name: string, format: 'csv' | 'parquet') => `data/export?${query({ name, format })}`;

/** @param ask asks the gateway */
export function createDataSets(ask: AskGateway): DataSets {
  const state = observed<DataSetsState>({ loaded: false, dataSets: [] });

  const attempt = attempts(state);
  const take = async () => {
    const { dataSets } = dataSetsAnswer.parse(await ask('data'));
    state.set({ ...state.value, loaded: true, dataSets });
  };
  const change = (path: string, body: unknown) =>
    attempt(async () => {
      await ask(`data/${path}`, body);
      await take();
    });
  const taken = async (answer: Promise<unknown>) => {
    const added = importDataAnswer.parse(await answer);
    await attempt(take);
    return added;
  };

  return {
    state,
    refresh: async () => void (await attempt(take)),
    examples: async (name, page) => examplesAnswer.parse(await ask(`data/examples?${query({ name, ...page })}`)),
    example: async (name, id) => exampleView.parse(await ask(`data/example?${query({ name, id })}`)),
    findings: async (name) => findingsAnswer.parse(await ask(`data/findings?${query({ name })}`)).findings,
    map: async (name) => exampleMap.parse(await ask(`data/map?${query({ name })}`)),
    importFile: (file, asked) => taken(ask(`data/import?${query({ ...asked, file: file.name })}`, file)),
    importRecording: (recording, asked) => taken(ask('data/import-recording', { ...asked, file: recording })),
    relabel: (name, choice, label) => change('relabel', { name, choice, label }),
    removeExamples: (name, choice) => change('examples/remove', { name, choice }),
    freeze: (name, note) => change('freeze', { name, note }),
    removeVersion: (name, version) => change('versions/remove', { name, version }),
    remove: (name) => change('remove', { name }),
  };
}
