import { render } from 'preact';

/** One line of what is wired where. */
export interface WiringRow {
  /** `A0`, `0x76` */
  readonly at: string;
  readonly what: string;
  /** By what a flow reads or sets it. */
  readonly by: string;
}

export interface WiringWords {
  readonly about: string;
  readonly at: string;
  readonly what: string;
  readonly by: string;
}

/** Draws what a board is wired to, as a table. */
export function showWiring(element: HTMLElement, { about, ...columns }: WiringWords, rows: readonly WiringRow[]): void {
  const { at, what, by } = columns;
  render(
    <>
      <p>{about}</p>
      {rows.length > 0 && (
        <table class="millrace-wiring">
          <thead>
            <tr>
              <th scope="col">{at}</th>
              <th scope="col">{what}</th>
              <th scope="col">{by}</th>
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <tr key={`${row.at} ${row.what}`}>
                <th scope="row">{row.at}</th>
                <td>{row.what}</td>
                <td>{row.by}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </>,
    element,
  );
}
