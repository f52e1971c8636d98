import { useEffect, useState } from 'preact/hooks';
import type { BundlePreview, ExportBundleRequest } from '../../../runtime/messages/index.ts';
import { type Trouble, troubleOf } from '../notice.tsx';
import type { Gateways } from './gateways.ts';

/** ms without a further stroke until it is asked for. */
const PAUSE = 300;

/** What the bundle would hold. Of several that were asked for the last one's answer counts. */
export function usePreview(gateways: Gateways, bundle: ExportBundleRequest) {
  const [shown, setShown] = useState<{ readonly preview?: BundlePreview; readonly refused?: Trouble }>({});
  const asked = JSON.stringify(bundle);
  useEffect(() => {
    let over = false;
    const due = setTimeout(() => {
      gateways.preview(bundle).then(
        (preview) => !over && setShown({ preview }),
        (error: unknown) => !over && setShown({ refused: troubleOf(error) }),
      );
    }, PAUSE);
    return () => {
      over = true;
      clearTimeout(due);
    };
  }, [asked, gateways]);
  return shown;
}
