import type { Handlers } from '../../shared/ipc/handlers';
import { writePicture } from '../files/picture-files';

/** Adds what windows are answered that give drawings away. */
export function addShareHandlers(handlers: Handlers): Handlers {
  return handlers.onCall('share.savePicture', (picture) => writePicture(picture));
}
