/** Where the command writes: results on stdout, progress and errors on stderr. */
export interface Terminal {
  result(text: string): void;
  progress(text: string): void;
  /** Whether stderr shows colours: a terminal, and NO_COLOR unset. */
  readonly colour: boolean;
  /** Whether stdout does. */
  readonly resultColour: boolean;
}

export function createTerminal(): Terminal {
  // A reader that went away (`millrace … | head`) is no reason to fail.
  for (const stream of [process.stdout, process.stderr]) stream.on('error', () => undefined);
  const noColour = (process.env['NO_COLOR'] ?? '') !== '';
  return {
    result: (text) => void process.stdout.write(`${text}\n`),
    progress: (text) => void process.stderr.write(`${text}\n`),
    colour: process.stderr.isTTY && !noColour,
    resultColour: process.stdout.isTTY && !noColour,
  };
}
