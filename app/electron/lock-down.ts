import { app, type Session, type WebContents } from 'electron';
import type { Logger } from 'pino';
import { isPage } from './page-address';

/** Grants pages nothing: without a handler, Electron grants everything. */
export function denyPermissions(session: Session): void {
  session.setPermissionRequestHandler((_, __, answer) => answer(false));
  session.setPermissionCheckHandler(() => false);
  session.setDevicePermissionHandler(() => false);
}

/** Keeps every page of this app where it is: no other address, no new window, nothing embedded. */
export function confinePages(log: Logger): void {
  app.on('web-contents-created', (_, contents) => confine(contents, log));
}

function confine(contents: WebContents, log: Logger): void {
  const refuse = (event: { preventDefault(): void }, url: string) => {
    // Loading itself anew is the one way a page may go.
    if (isPage(url)) return;
    event.preventDefault();
    log.warn({ url: url.slice(0, 200) }, 'a page was kept from leaving');
  };
  contents.on('will-navigate', refuse);
  contents.on('will-redirect', refuse);
  contents.on('will-attach-webview', (event) => event.preventDefault());
  contents.setWindowOpenHandler(({ url }) => {
    log.warn({ url: url.slice(0, 200) }, 'a page was kept from opening a window');
    return { action: 'deny' };
  });
}
