import { useEffect, useState } from 'preact/hooks';
import type { BundlePreview, ExportBundleRequest } from '../../../runtime/messages/index.ts';
import { type Trouble, troubleOf } from '../notice.tsx';
import type { Gateways } from './gateways.ts';

/** ms without a further stroke until it is asked for. */
const PAUSE = 300;

interface Shown {
  readonly preview?: BundlePreview;
  readonly refused?: Trouble;
  /** For which gateway it was. */
  readonly gateway?: string;
}

/**
 * What the bundle would hold. Of several that were asked for the last one's answer counts.
 *
 * @param gateway that is there and can say whether the bundle fits; it takes a while to measure itself
 */
export function usePreview(gateways: Gateways, bundle: ExportBundleRequest, gateway: string | undefined) {
  const [shown, setShown] = useState<Shown>({});
  const asked = JSON.stringify(bundle);
  useEffect(() => {
    let over = false;
    const ask = async () => {
      const there = gateway === undefined ? {} : { gateway };
      // What goes in is shown at once, whether it fits a moment later.
      if (gateway !== undefined && shown.gateway !== gateway) {
        const preview = await gateways.preview(bundle);
        if (!over) setShown({ preview });
      }
      if (over) return;
      const preview = await gateways.preview({ ...bundle, ...there });
      if (!over) setShown({ preview, ...there });
    };
    const due = setTimeout(() => {
      ask().catch((error: unknown) => !over && setShown({ refused: troubleOf(error) }));
    }, PAUSE);
    return () => {
      over = true;
      clearTimeout(due);
    };
  }, [asked, gateway, gateways]);
  return shown;
}
