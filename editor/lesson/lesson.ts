/** The first lesson: a tour in the editor that waits for what is to be done, and goes on by itself. */
import type { Observed } from '../live/observed.ts';
import type { Store } from '../live/store.ts';
import { red } from '../red.ts';
import { pageData } from '../sidebar/data/page-data.ts';
import type { PartName } from '../sidebar/parts.tsx';
import type { Trainings } from '../sidebar/training/trainings.ts';
import { bringFlow } from './flow-there.ts';
import { pushIntoWindow } from './push-into-window.ts';
import { type LessonEyes, lessonSteps, type LessonStep } from './steps.ts';

/** Of Node-RED's events: something has changed that a step may wait for. */
const NEWS = 'millrace:lesson';
const MODEL = 'my-first-model';
const BOARD = 'first-board';
/** ms: the length of the lesson's window, and what the pump takes to change. */
const SETTLES = 2_800;
/** On the body while the lesson runs: what is not pointed at can be used too. */
const CLASS = 'millrace-lesson-on';
/** Where the palette serves it: a module that hands Node-RED our steps. */
const MODULE = 'resources/millrace/first-lesson.js';

interface LessonParts {
  readonly store: Store;
  readonly trainings: Trainings;
  readonly chosen: Observed<PartName>;
  showTab(): void;
}

/** What Node-RED's tour guide takes. */
interface TourStep {
  readonly title: string;
  readonly description: string;
  readonly width: number;
  readonly element?: string;
  readonly direction?: string;
  readonly interactive?: boolean;
  readonly wait?: { readonly type: 'nr-event'; readonly event: string; filter(): boolean };
  prepare(done: () => void): void;
}

/** @returns what starts the lesson */
export function createLesson({ store, trainings, chosen, showTab }: LessonParts): () => void {
  let world = { text: '', since: 0 };
  /** Windows that began before a change still hold what was before. */
  const settled = (control: string): string | undefined => {
    const seen = store.get('board', BOARD)?.latest.world;
    const text = JSON.stringify(seen ?? {});
    if (text !== world.text) world = { text, since: performance.now() };
    const now = seen?.[control];
    return performance.now() - world.since >= SETTLES && now !== undefined ? String(now) : undefined;
  };
  const eyes: LessonEyes = {
    runs: (node) => store.get('collect', node) !== undefined,
    examples(label) {
      const view = store.get('collect', 'first-collect')?.latest;
      return view?.labels.find((one) => one.label === label)?.examples ?? 0;
    },
    world: settled,
    trained: () =>
      trainings.state.value.trainings.filter(({ model, state }) => model === MODEL && state === 'done').length,
    says: () => store.get('prediction', 'first-infer')?.latest.classification?.label,
  };

  const show = async (step: LessonStep): Promise<void> => {
    showTab();
    if (step.part) chosen.set(step.part);
    if (step.at === undefined) return;
    // What was just told to appear may take a moment.
    for (let tries = 0; tries < 60 && !document.querySelector(step.at); tries++) {
      await new Promise((later) => setTimeout(later, 50));
    }
    document.querySelector(step.at)?.scrollIntoView?.({ block: step.first ? 'start' : 'nearest' });
  };
  const tourStep = (step: LessonStep): TourStep => ({
    title: step.title,
    description: step.text,
    width: 320,
    ...(step.at !== undefined && { element: step.at, direction: step.side ?? 'bottom', interactive: true }),
    ...(step.done && { wait: { type: 'nr-event', event: NEWS, filter: () => step.done?.(eyes) ?? true } }),
    prepare: (done) => {
      const go = () => {
        done();
        pushIntoWindow();
      };
      void show(step).then(go, go);
    },
  });

  return () => {
    const ready = Promise.all([bringFlow(), trainings.refresh()]);
    const refused = (thrown: unknown) =>
      red().notify(thrown instanceof Error ? thrown.message : String(thrown), { type: 'error' });
    void ready.then(() => {
      const steps = lessonSteps(eyes.trained()).filter((step) => !(step.needless?.(eyes) ?? false));
      const tell = () => red().events.emit(NEWS);
      const ends = [store.onChange(tell), trainings.state.onChange(tell), pageData.state.onChange(tell)];
      const end = () => {
        for (const stop of ends) stop();
        document.body.classList.remove(CLASS);
      };
      document.body.classList.add(CLASS);
      (globalThis as { millraceLesson?: unknown }).millraceLesson = steps.map(tourStep);
      red().tourGuide.run(new URL(MODULE, document.baseURI).href, end);
    }, refused);
  };
}
