import { TRAINING_WORDS as WORDS } from '../look/training-words.ts';
import { red } from '../red.ts';
import { Button } from './button.tsx';

/** Leads to the first lesson. */
export const LessonBox = () => (
  <section class="millrace-card millrace-lesson" aria-label={WORDS.lesson}>
    <header>
      <h3>{WORDS.lesson}</h3>
    </header>
    <p class="millrace-quiet">{WORDS.lessonHint}</p>
    <Button icon="play" main label={WORDS.startLesson} act={() => red().actions.invoke('millrace:first-lesson')} />
  </section>
);
