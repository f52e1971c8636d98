/** The first lesson, step by step: what is pointed at, what it says, and what the step waits for. */
import type { PartName } from '../sidebar/parts.tsx';

/** What the lesson can see of the page and the gateway. */
export interface LessonEyes {
  /** Whether the node runs. */
  runs(node: string): boolean;
  /** Examples of a label in the lesson's data set. */
  examples(label: string): number;
  /** What the virtual pump has been like for a window's length: `bearing`, `inlet`. */
  world(control: string): string | undefined;
  /** Trainings of the lesson's model that are done. */
  trained(): number;
  /** What its model says just now. */
  says(): string | undefined;
}

export interface LessonStep {
  readonly title: string;
  /** HTML. */
  readonly text: string;
  /** A CSS selector; none: the whole screen. */
  readonly at?: string;
  readonly side?: 'bottom' | 'left' | 'right' | 'top';
  /** Scrolled to the top of its part, so that what stands below it is seen too. */
  readonly first?: true;
  /** Part of the tab Millrace that has to be open. */
  readonly part?: PartName;
  /** Not shown where this is so when the lesson begins: it was done in an earlier one. */
  needless?(eyes: LessonEyes): boolean;
  /** The lesson goes on by itself when this is so; a step without it has a button to go on. */
  done?(eyes: LessonEyes): boolean;
}

/** Enough to learn from, and quickly recorded. */
export const ENOUGH = 30;

const square = (node: string) => `#${node} .red-ui-flow-node-button`;
const hold = (index: number) => `.millrace-hold:nth-of-type(${index})`;

export const LABELS = ['healthy', 'worn bearing', 'blocked inlet', 'both'] as const;
const [HEALTHY, WORN, BLOCKED, BOTH] = LABELS;

const has =
  (label: string) =>
  ({ examples }: LessonEyes) =>
    examples(label) >= ENOUGH;
const isWell = ({ world }: LessonEyes) => world('bearing') === 'good' && world('inlet') === 'open';

/**
 * @param trainings that were done before the lesson began
 */
export const lessonSteps = (trainings: number): readonly LessonStep[] => [
  {
    title: 'A model of your own, in ten minutes',
    text: `<p>You will teach a computer to hear what is wrong with a pump: collect examples, train, use it, break it, and mend it.</p>
<p>The pump is simulated, so you need no hardware. Nothing leaves this computer.</p>`,
  },
  {
    title: 'Deploy the flow',
    text: `<p>This is the flow of the lesson. A sensor shakes with the pump, <b>window</b> cuts two seconds out of that, and <b>features</b> says in 21 numbers how it shakes.</p>
<p>Press <b>Deploy</b>: then it runs.</p>`,
    at: '#red-ui-header-button-deploy',
    side: 'bottom',
    needless: ({ runs }) => runs('first-collect'),
    done: ({ runs }) => runs('first-collect'),
  },
  {
    title: 'No model yet',
    text: `<p><b>infer</b> is the node that will say what the pump does. It is yellow: it waits for a model that does not exist yet. You are going to make it.</p>`,
    at: '#first-infer',
    side: 'bottom',
  },
  {
    title: 'Make sure that the pump is well',
    text: `<p>Press the square at <b>mend the pump</b>.</p>`,
    at: square('first-mend'),
    side: 'bottom',
    needless: (eyes) => has(HEALTHY)(eyes) || isWell(eyes),
    done: isWell,
  },
  {
    title: 'Collect: what is healthy?',
    text: `<p>The pump is well. <b>Hold this button down</b> until it has ${ENOUGH} examples: about eight seconds.</p>
<p>An example is two seconds of the pump, together with its label.</p>`,
    at: hold(1),
    side: 'left',
    part: 'data',
    needless: has(HEALTHY),
    done: has(HEALTHY),
  },
  {
    title: 'Wear the bearing',
    text: '<p>Now make the pump ill: press this square. The little curves below <b>pump</b> change; give it three seconds.</p>',
    at: square('first-wear'),
    side: 'bottom',
    needless: has(WORN),
    done: ({ world }) => world('bearing') === 'worn' && world('inlet') === 'open',
  },
  {
    title: 'Collect: a worn bearing',
    text: `<p><b>Hold this button down</b> until it has ${ENOUGH}, too.</p>`,
    at: hold(2),
    side: 'left',
    part: 'data',
    needless: has(WORN),
    done: has(WORN),
  },
  {
    title: 'Block the inlet',
    text: '<p>The other illness: press this square, and wait a moment. The bearing is good again; bubbles hammer on the wheel instead.</p>',
    at: square('first-block'),
    side: 'bottom',
    needless: has(BLOCKED),
    done: ({ world }) => world('bearing') === 'good' && world('inlet') === 'blocked',
  },
  {
    title: 'Collect: a blocked inlet',
    text: `<p><b>Hold this button down</b> until it has ${ENOUGH}.</p>`,
    at: hold(3),
    side: 'left',
    part: 'data',
    needless: has(BLOCKED),
    done: has(BLOCKED),
  },
  {
    title: 'Train',
    text: `<p>Press <b>Train</b>. It holds some examples back, tries several ways to learn from the others, and takes the best. That takes a few seconds.</p>`,
    at: '.millrace-big',
    side: 'left',
    part: 'training',
    done: ({ trained }) => trained() > trainings,
  },
  {
    title: 'How good is it?',
    text: `<p>Only examples that were held back are counted: it had not seen them. The <b>±</b> is what luck may have done. With so few examples it is large.</p>
<p>Below it: <b>what was confused</b> with what. Press a number off the diagonal, and you see those examples.</p>`,
    at: '.millrace-headline',
    side: 'left',
    first: true,
    part: 'training',
  },
  {
    title: 'It is in use already',
    text: `<p><b>infer</b> has taken the model up by itself. Press <b>wear the bearing</b>, and watch what it says below the node.</p>`,
    at: square('first-wear'),
    side: 'bottom',
    part: 'live',
    done: ({ world, says }) => world('bearing') === 'worn' && world('inlet') === 'open' && says() === WORN,
  },
  {
    title: 'Break it',
    text: `<p>What if both happen at once? Press this square.</p>`,
    at: square('first-both'),
    side: 'bottom',
    part: 'live',
    done: ({ world }) => world('bearing') === 'worn' && world('inlet') === 'blocked',
  },
  {
    title: 'It does not know what it does not know',
    text: `<p>It says one of the three labels, and often it is quite sure. But it has never seen this: <b>a model knows only what it was shown</b>.</p>`,
    at: '#first-infer',
    side: 'bottom',
    part: 'live',
  },
  {
    title: 'Mend it: show it',
    text: `<p>Write <b>both</b> here, press <b>Add</b>, and hold the new button until it has ${ENOUGH} examples.</p>`,
    at: '.millrace-new-label',
    side: 'left',
    part: 'data',
    needless: has(BOTH),
    done: has(BOTH),
  },
  {
    title: 'Train again',
    text: '<p>Press <b>Train</b> once more: a second version of the same model, with four labels.</p>',
    at: '.millrace-big',
    side: 'left',
    part: 'training',
    done: ({ trained }) => trained() > trainings + 1,
  },
  {
    title: 'And now?',
    text: '<p>The new version has taken over by itself. <b>infer</b> should say <b>both</b>. Press the squares and try all four.</p>',
    at: '#first-infer',
    side: 'bottom',
    part: 'live',
  },
  {
    title: 'Done',
    text: `<p>You collected, trained, used, broke and mended a model. With a real sensor nothing changes but the <b>pins</b> node.</p>
<p>Next: open the flow <b>Pump</b> to see a model being watched for drift, or wire <b>collect</b> behind a sensor of your own.</p>`,
  },
];
