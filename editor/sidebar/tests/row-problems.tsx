/** What is wrong with a row: the setting and the problem. */
export type RowProblems = readonly string[];

/** @param place such as `expect.0` */
export function problemsAt(problems: ReadonlyMap<string, string>, place: string): RowProblems {
  return [...problems].flatMap(([path, message]) => {
    if (path !== place && !path.startsWith(`${place}.`)) return [];
    const setting = path.slice(place.length + 1).split('.')[0];
    return [setting ? `${setting} ${message}` : message];
  });
}

export function Problems({ problems }: { readonly problems: RowProblems }) {
  if (problems.length === 0) return null;
  return (
    <p class="millrace-warn" role="alert">
      {problems.join(' · ')}
    </p>
  );
}
