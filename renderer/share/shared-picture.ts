import { useEffect, useState } from 'react';
import type { GraphDocument } from '../../shared/document/graph-document';
import { Cancelled } from '../../shared/errors/problem';
import { withDrawing } from '../../shared/sharing/drawing-picture';
import { sentenceOf } from '../state/messages';
import { canvasMeasure, paintPicture, scaleOf } from './paint-picture';
import { pictureLook, type Scheme } from './picture-colours';
import { pictureOf } from './picture-of';

/** A picture with the drawing inside, as far as it is. */
export type SharedPicture =
  | { readonly state: 'painting'; readonly share: number }
  | {
      readonly state: 'ready';
      readonly png: Uint8Array<ArrayBuffer>;
      /** For an `img`, as long as it is shown. */
      readonly url: string;
      readonly width: number;
      readonly height: number;
      /** Pixels for each of the canvas at 1×. */
      readonly scale: number;
    }
  | { readonly state: 'failed'; readonly message: string };

/** Paints a drawing's picture while it is wanted, anew when drawing or scheme are others. */
export function useSharedPicture(document: GraphDocument, scheme: Scheme): SharedPicture {
  const [picture, setPicture] = useState<SharedPicture>({ state: 'painting', share: 0 });
  useEffect(() => {
    const cancel = new AbortController();
    let url: string | null = null;
    setPicture({ state: 'painting', share: 0 });
    const paint = async () => {
      const look = pictureLook(scheme);
      const drawn = pictureOf(document, canvasMeasure(look));
      const onProgress = (share: number) => setPicture({ state: 'painting', share });
      const png = withDrawing(
        await paintPicture(drawn, look, { signal: cancel.signal, onProgress }),
        document,
      );
      if (cancel.signal.aborted) return;
      url = URL.createObjectURL(new Blob([png], { type: 'image/png' }));
      const scale = scaleOf(drawn);
      const [width, height] = [Math.round(drawn.width * scale), Math.round(drawn.height * scale)];
      setPicture({ state: 'ready', png, url, width, height, scale });
    };
    paint().catch((error: unknown) => {
      if (!(error instanceof Cancelled)) setPicture({ state: 'failed', message: sentenceOf(error) });
    });
    return () => {
      cancel.abort();
      if (url !== null) URL.revokeObjectURL(url);
    };
  }, [document, scheme]);
  return picture;
}
