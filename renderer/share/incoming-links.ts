import { drawingOfLink, isDrawingLink } from '../../shared/sharing/drawing-link';
import { mayLeave } from '../files/file-actions';
import { messageOf, tell } from '../state/messages';
import { t } from '../strings/strings';
import { openShared } from './open-shared';

/** Opens the drawing of a link, whoever made it; unsaved changes first. Nothing else comes of it: no data, no run. */
export async function openLink(link: string): Promise<void> {
  try {
    const document = drawingOfLink(link);
    if (!(await mayLeave())) return;
    openShared(document);
    tell({ severity: 'info', message: t('share.openedLink', { name: document.name }) });
  } catch (error) {
    tell(messageOf(error));
  }
}

/**
 * Opens the drawing that the page's own address holds behind its `#`, now and whenever another is put there, and takes it out of the
 * address, so that a reload keeps what has been done since. Returns what ends it.
 */
export function takeLinks(): () => void {
  const take = () => {
    const { hash } = window.location;
    if (!isDrawingLink(hash)) return;
    window.history.replaceState(null, '', window.location.pathname + window.location.search);
    void openLink(hash);
  };
  take();
  window.addEventListener('hashchange', take);
  return () => window.removeEventListener('hashchange', take);
}
