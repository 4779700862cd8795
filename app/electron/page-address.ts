/** The scheme of Hourglass's own pages: an origin that no website can have. */
export const SCHEME = 'app';
const HOST = 'hourglass';

/** Where the window's page is. */
export const PAGE = `${SCHEME}://${HOST}/`;

/** Whether an address is that of the window's page, parsed: what begins alike may lead elsewhere. */
export function isPage(address: string): boolean {
  try {
    return new URL(address).href === PAGE;
  } catch {
    return false;
  }
}

/** The path asked for within the window, or null where the address is not of this app. */
export function pathInWindow(address: string): string | null {
  try {
    const { protocol, host, username, password, pathname } = new URL(address);
    const own = protocol === `${SCHEME}:` && host === HOST && username === '' && password === '';
    return own ? pathname : null;
  } catch {
    return null;
  }
}
