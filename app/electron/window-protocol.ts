import { protocol } from 'electron';
import { securityHeaders } from '../host/security-headers';
import { staticFiles } from '../host/static-files';
import { SCHEME } from './page-address';
import { answerWindow } from './window-answer';

/** Gives the window's scheme an origin of its own and what pages have elsewhere. To be called before the app is ready. */
export function registerScheme(): void {
  protocol.registerSchemesAsPrivileged([
    {
      scheme: SCHEME,
      privileges: { standard: true, secure: true, supportFetchAPI: true, stream: true, codeCache: true },
    },
  ]);
}

/**
 * Answers requests of the window's scheme out of the built window.
 * @throws Error (ENOENT) where it has not been built
 */
export async function serveWindow(folder: string): Promise<void> {
  const files = await staticFiles(folder);
  const headers = securityHeaders([]);
  protocol.handle(SCHEME, async ({ url, method }) => {
    const answer = await answerWindow(files, url, method);
    return new Response(answer.body, { status: answer.status, headers: { ...headers, ...answer.headers } });
  });
}
