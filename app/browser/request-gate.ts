import type { IncomingMessage } from 'node:http';
import { SessionToken } from './session-token';

export type Verdict = { readonly status: 200 } | { readonly status: 401 | 403; readonly why: string };

const PASS: Verdict = { status: 200 };

/** Who may ask: programs that know the token, in windows that were served by this very host. */
export class RequestGate {
  /** In the address that is printed; good for a cookie. */
  readonly token = new SessionToken();
  /** In the cookie: another secret, so that the one in the address opens no socket. */
  readonly #session = new SessionToken();
  readonly #port: number;

  constructor(port: number) {
    this.#port = port;
  }

  get address(): string {
    return `http://127.0.0.1:${this.#port}/?token=${this.token.text}`;
  }

  /** The names that a browser may know this host by. Any other was bent to this machine by a foreign DNS. */
  get hosts(): readonly string[] {
    return [`127.0.0.1:${this.#port}`, `localhost:${this.#port}`];
  }

  get cookie(): string {
    // SameSite keeps other sites from using it, HttpOnly keeps scripts from reading it. Cookies know no ports.
    return `${this.#cookieName}=${this.#session.text}; HttpOnly; SameSite=Strict; Path=/`;
  }

  /** Before anything else: is this asked of us at all? */
  checkHost({ headers }: IncomingMessage): Verdict {
    if (headers.host !== undefined && this.hosts.includes(headers.host)) return PASS;
    return { status: 403, why: 'Hourglass answers only at the address that it printed.' };
  }

  checkSession({ headers }: IncomingMessage): Verdict {
    const cookies = (headers.cookie ?? '').split(';').map((cookie) => cookie.trim());
    const prefix = `${this.#cookieName}=`;
    const given = cookies
      .filter((cookie) => cookie.startsWith(prefix))
      .map((cookie) => cookie.slice(prefix.length));
    const [only] = given;
    if (only !== undefined && given.length === 1 && this.#session.matches(only)) return PASS;
    return { status: 401, why: 'Open the address that Hourglass printed where it was started.' };
  }

  /** A socket is opened by a page of ours alone: browsers say the page's origin, `null` for pages without one. */
  checkOrigin({ headers }: IncomingMessage): Verdict {
    if (headers.origin !== undefined && headers.origin === `http://${headers.host}`) return PASS;
    return { status: 403, why: 'Only a window of Hourglass may connect.' };
  }

  get #cookieName(): string {
    return `hourglass-${this.#port}`;
  }
}
