/** A picture of the gateway's, the same as in the printed report; it has escaped every name in it, and has its words in title and description. */
export const Drawing = ({ svg }: { readonly svg: string }) => (
  <span class="millrace-drawing" dangerouslySetInnerHTML={{ __html: svg }} />
);
