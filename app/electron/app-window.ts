import { app, type BrowserWindow, Menu } from 'electron';
import type { ShellMenu, ShellRequest } from '../../shared/ipc/shell-schemas';
import { PageQuestions } from './page-questions';
import { changedStates, menuTemplate } from './window-menu';

export interface ShownDocument {
  readonly path: string | null;
  readonly edited: boolean;
  /** Nothing was done in this window yet: another drawing may take its place. */
  readonly untouched: boolean;
}

/** Milliseconds after which a window that was told to close is taken away. */
const CLOSING = 2_000;

/** One window with what its page has told of itself. It outlives its page, which may crash and be loaded anew. */
export class AppWindow {
  readonly questions = new PageQuestions();
  readonly #waiting: ShellRequest[] = [];
  #send: ((request: ShellRequest) => void) | null = null;
  #document: ShownDocument = { path: null, edited: false, untouched: true };
  #menus: readonly ShellMenu[] = [];
  #menu: Menu | null = null;
  #leaving = false;

  constructor(readonly window: BrowserWindow) {
    if (process.platform === 'darwin') window.on('focus', () => this.#showMenu());
  }

  get document(): ShownDocument {
    return this.#document;
  }

  /** Whether it has been decided that this window closes. */
  get isLeaving(): boolean {
    return this.#leaving;
  }

  /** The page listens to requests; what waited for it is sent. @returns what says that it no longer does */
  join(send: (request: ShellRequest) => void): () => void {
    this.#send = send;
    const stopQuestions = this.questions.open(send);
    for (const request of this.#waiting.splice(0)) send(request);
    return () => {
      if (this.#send === send) this.#send = null;
      stopQuestions();
    };
  }

  /** Opens a drawing here, as soon as there is a page. */
  openFile(path: string): void {
    this.#document = { path, edited: false, untouched: false };
    this.#request({ kind: 'open', path });
  }

  /** Opens the drawing of a link here, as soon as there is a page. */
  openLink(link: string): void {
    this.#document = { path: null, edited: false, untouched: false };
    this.#request({ kind: 'openLink', link });
  }

  /** The list of recent files is another; a page that comes later asks by itself. */
  tellRecentChanged(): void {
    this.#send?.({ kind: 'recentChanged' });
  }

  /** The page stopped; the next one is to say so. */
  tellReloaded(reason: string): void {
    // Whoever listened is gone, whether that has been noticed or not.
    this.#waiting.push({ kind: 'reloaded', reason });
  }

  showDocument(document: ShownDocument): void {
    // Of a page that has not come to opening what it shall.
    if (this.#waiting.some(({ kind }) => kind === 'open' || kind === 'openLink')) return;
    this.#document = document;
    if (process.platform !== 'darwin') return;
    this.window.setRepresentedFilename(document.path ?? '');
    this.window.setDocumentEdited(document.edited);
  }

  showMenus(menus: readonly ShellMenu[]): void {
    const states = this.#menu && changedStates(this.#menus, menus);
    this.#menus = menus;
    if (!states) {
      const onClick = (id: string) => this.#send?.({ kind: 'menu', id });
      const surroundings = { platform: process.platform, appName: app.name, onClick };
      this.#menu = Menu.buildFromTemplate(menuTemplate(menus, surroundings));
      this.#showMenu();
      return;
    }
    // In place: a menu that is open stays open.
    for (const [id, enabled] of states) {
      const item = this.#menu?.getMenuItemById(id);
      if (item) item.enabled = enabled;
    }
  }

  bringForward(): void {
    if (this.window.isMinimized()) this.window.restore();
    this.window.show();
    this.window.focus();
  }

  /** Closes the window after its page's last word, which the page has but little time for. */
  async leave(): Promise<void> {
    if (this.#leaving) return;
    this.#leaving = true;
    const answer = await this.questions.ask('closing');
    if (this.window.isDestroyed()) return;
    if (answer === 'silent') {
      this.window.destroy();
      return;
    }
    const impatience = setTimeout(() => this.window.destroy(), CLOSING);
    this.window.once('closed', () => clearTimeout(impatience));
    this.window.close();
  }

  #request(request: ShellRequest): void {
    if (this.#send) this.#send(request);
    else this.#waiting.push(request);
  }

  #showMenu(): void {
    if (!this.#menu || this.window.isDestroyed()) return;
    if (process.platform !== 'darwin') this.window.setMenu(this.#menu);
    else if (this.window.isFocused()) Menu.setApplicationMenu(this.#menu);
  }
}
