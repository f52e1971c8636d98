import { defineErrors } from '../base/index.ts';

export const errors = defineErrors('services', {
  MODEL_NAME_INVALID: {
    title: 'wrong model name',
    meaning: 'What was given as the name of the model that is to be trained cannot be one.',
    message: (v: { name: string }) => `"${v.name}" cannot be the name of a model`,
    hint: 'Take lower-case letters, digits, ".", "_" and "-", beginning with a letter or digit, 100 at the most: pump-health.',
  },
  ALIAS_NOT_MOVED: {
    title: 'alias not moved',
    meaning: 'A training is done and its version stored, but its alias could not be moved to it.',
    message: (v: { model: string; version: string; alias: string; reason: string }) =>
      `"${v.model}" ${v.version} is stored, but "${v.alias}" still stands where it stood: ${v.reason}`,
    hint: 'Set the alias in the sidebar, under Models, or by "millrace model alias". There is no need to train again.',
  },
  LEARNING_REQUEST_INVALID: {
    title: 'wrong choice',
    meaning: 'A choice for a training or an evaluation is not in its range.',
    message: (v: { setting: string; problem: string }) => `"${v.setting}": ${v.problem}`,
    hint: 'Correct it, or leave it out: every choice has a default.',
  },
  LEARNING_CLOSED: {
    title: 'stopping',
    meaning: 'A training or an evaluation was asked for while Millrace stops.',
    message: () => 'nothing can be trained or evaluated while Millrace stops',
    hint: 'Ask again once it runs.',
  },
  TRAINING_NOT_FOUND: {
    title: 'no such training',
    meaning: 'A training was named that does not run, or ended so long ago that it is not listed any more.',
    message: (v: { id: string }) => `there is no training "${v.id}"`,
    hint: 'See the list of trainings in the sidebar.',
  },
  TRAINING_UNDER_WAY: {
    title: 'training already',
    meaning: 'A train node was told to train while a training that it has begun runs or waits.',
    message: (v: { model: string; percent: number }) =>
      `"${v.model}" is being trained already, and ${v.percent} % of it is done`,
    hint: 'Wait until it is done, or cancel it: in the sidebar under Training, or by a message with msg.train set to "cancel".',
  },
  TRAININGS_TOO_MANY: {
    title: 'too many trainings',
    meaning: 'So many trainings or evaluations wait already that no more are taken.',
    message: (v: { waiting: number }) => `${v.waiting} trainings wait already`,
    hint: 'Wait until some are done, or cancel some. MILLRACE_LIMIT_TRAINING_WAITING_TRAININGS sets how many may wait.',
  },
});
