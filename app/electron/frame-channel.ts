/** The one IPC channel between a window's page and the main process. */
export const CHANNEL = 'hourglass:frames';

/** What goes over the channel, both ways. Connections have a number drawn by the page. */
export type Envelope =
  /** The page wants a connection; the main process answers alike, and what the page had before is closed. */
  | { readonly connection: string; readonly kind: 'open' }
  | { readonly connection: string; readonly kind: 'message'; readonly message: unknown }
  | { readonly connection: string; readonly kind: 'close'; readonly reason: string };
