import type { ComponentChildren } from 'preact';

interface PartProps {
  readonly title: string;
  readonly open?: boolean;
  readonly children: ComponentChildren;
}

/** A part of a result that can be folded away. */
export const Part = ({ title, open = false, children }: PartProps) => (
  <details class="millrace-part" open={open}>
    <summary>{title}</summary>
    {children}
  </details>
);
