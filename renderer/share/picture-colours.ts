import { INKS, type Ink } from './marks';

export type Scheme = 'dark' | 'light';

/** What the page's style sheet says for a picture in one of its schemes. */
export interface PictureLook {
  readonly colours: ReadonlyMap<Ink, string>;
  readonly font: string;
  readonly mono: string;
}

/** The colours and fonts of a scheme, whichever the window shows. */
export function pictureLook(scheme: Scheme): PictureLook {
  const probe = document.createElement('div');
  // The style sheet has the colours for this, too.
  probe.dataset.hgScheme = scheme;
  probe.hidden = true;
  document.body.append(probe);
  const style = getComputedStyle(probe);
  const read = (name: string) => style.getPropertyValue(name).trim();
  const look = {
    colours: new Map(INKS.map((ink) => [ink, read(`--hg-${ink}`)])),
    font: read('--hg-font'),
    mono: read('--hg-mono'),
  };
  probe.remove();
  return look;
}
