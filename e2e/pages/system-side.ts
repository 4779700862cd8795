import { type ElectronApplication, expect, type Page } from '@playwright/test';

/** How a dialog of the system's is answered; `response` is the number of its button. */
interface DialogAnswer {
  readonly filePaths?: readonly string[];
  readonly filePath?: string;
  readonly response?: number;
}

export interface AskedDialog {
  readonly kind: 'open' | 'save' | 'message';
  readonly options: Record<string, unknown>;
}

/**
 * What of the desktop app the system shows: menus in the windows' frames and dialogs. Nobody could click these on a
 * display without a desktop; so they are noted when the app hands them over, and done here as the system would.
 */
export class SystemSide {
  /** The windows' numbers in the main process. */
  private readonly ids = new Map<Page, number>();

  constructor(private readonly electron: ElectronApplication) {}

  /** To be called right after the app was launched, before its first window has a menu. */
  async watch(): Promise<void> {
    await this.electron.evaluate(({ BrowserWindow, dialog }) => {
      const { setMenu } = BrowserWindow.prototype;
      type Answer = (answer: object) => void;
      const seen = {
        menus: new WeakMap(),
        asked: [] as unknown[],
        answers: [] as object[],
        waiting: [] as Answer[],
        calledOff: [] as object[],
      };
      Object.assign(globalThis, { seen });
      const take = (kind: string, options: unknown, calledOff: object) => {
        seen.asked.push({ kind, options: JSON.parse(JSON.stringify(options)) });
        const given = seen.answers.shift();
        if (given) return Promise.resolve({ ...calledOff, canceled: false, ...given });
        // Open until it is answered.
        return new Promise((resolve) => {
          seen.waiting.push((answer) => resolve({ ...calledOff, ...answer }));
        });
      };
      BrowserWindow.prototype.setMenu = function (menu) {
        seen.menus.set(this, menu);
        setMenu.call(this, menu);
      };
      Object.assign(dialog, {
        showOpenDialog: (_: unknown, options: unknown) =>
          take('open', options, { canceled: true, filePaths: [] }),
        showSaveDialog: (_: unknown, options: unknown) => take('save', options, { canceled: true }),
        showMessageBox: (...given: unknown[]) => {
          const options = given[given.length - 1] as { cancelId?: number };
          return take('message', options, { response: options.cancelId ?? 0 });
        },
      });
    });
  }

  /** `ElectronApplication.browserWindow` needs a later Electron: the page is found by a mark that it is given. */
  async idOf(page: Page): Promise<number> {
    const known = this.ids.get(page);
    if (known !== undefined) return known;
    const mark = `window-${Math.random()}`;
    await page.evaluate((name) => {
      window.name = name;
    }, mark);
    const id = await this.electron.evaluate(async ({ BrowserWindow }, wanted) => {
      for (const each of BrowserWindow.getAllWindows()) {
        if ((await each.webContents.executeJavaScript('window.name')) === wanted) return each.id;
      }
      return -1;
    }, mark);
    this.ids.set(page, id);
    return id;
  }

  /** Clicks the item to which the labels lead; each is the beginning of one, the menu's first. */
  async chooseItem(page: Page, labels: readonly string[]): Promise<void> {
    const given = { id: await this.idOf(page), labels };
    const choose = () =>
      this.electron.evaluate(({ BrowserWindow }, { id, labels: way }) => {
        let items = Reflect.get(globalThis, 'seen').menus.get(BrowserWindow.fromId(id))?.items ?? [];
        let item: { enabled: boolean; click(): void } | undefined;
        for (const label of way) {
          item = items.find((each: { label: string }) => each.label.replaceAll('&&', '&').startsWith(label));
          items = Reflect.get(item ?? {}, 'submenu')?.items ?? [];
        }
        if (!item?.enabled) return false;
        item.click();
        return true;
      }, given);
    await expect.poll(choose, `${labels.join(' › ')} in the system’s menus`).toBe(true);
  }

  /** Clicks the item of a command, when it can be used. */
  async clickMenu(page: Page, id: string): Promise<void> {
    await expect.poll(() => this.menuItem(page, id)).toMatchObject({ enabled: true });
    await this.electron.evaluate(
      ({ BrowserWindow }, [number, wanted]) => {
        const menu = Reflect.get(globalThis, 'seen').menus.get(BrowserWindow.fromId(number));
        menu.getMenuItemById(wanted).click();
      },
      [await this.idOf(page), id] as const,
    );
  }

  /** What the system shows of an item; null where there is none. */
  async menuItem(page: Page, id: string) {
    return this.electron.evaluate(
      ({ BrowserWindow }, [number, wanted]) => {
        const menu = Reflect.get(globalThis, 'seen').menus.get(BrowserWindow.fromId(number));
        const item = menu?.getMenuItemById(wanted);
        if (!item) return null;
        const { label, enabled, accelerator, registerAccelerator } = item;
        return { label, enabled, accelerator: String(accelerator), registerAccelerator };
      },
      [await this.idOf(page), id] as const,
    );
  }

  async menuLabels(page: Page): Promise<string[]> {
    return this.electron.evaluate(
      ({ BrowserWindow }, id) => {
        const menu = Reflect.get(globalThis, 'seen').menus.get(BrowserWindow.fromId(id));
        return (menu?.items ?? []).map(({ label }: { label: string }) => label);
      },
      await this.idOf(page),
    );
  }

  /** Answers the dialog that is open, or else the next. */
  async answerNext(answer: DialogAnswer): Promise<void> {
    await this.electron.evaluate((_, given) => {
      const { waiting, answers } = Reflect.get(globalThis, 'seen');
      const first = waiting.shift();
      if (first) first({ canceled: false, ...given });
      else answers.push(given);
    }, answer);
  }

  /** Waits for a dialog, and answers it. */
  async answerOpen(answer: DialogAnswer): Promise<void> {
    await this.untilOneIsOpen();
    await this.answerNext(answer);
  }

  /** Waits for a dialog, and calls it off. */
  async callOff(): Promise<void> {
    await this.untilOneIsOpen();
    await this.electron.evaluate(() => Reflect.get(globalThis, 'seen').waiting.shift()({}));
  }

  private async untilOneIsOpen(): Promise<void> {
    const open = () => this.electron.evaluate(() => Reflect.get(globalThis, 'seen').waiting.length);
    await expect.poll(open, 'dialogs of the system that are open').toBeGreaterThan(0);
  }

  /** The dialogs that the system was asked to show. */
  asked(): Promise<AskedDialog[]> {
    return this.electron.evaluate(() => Reflect.get(globalThis, 'seen').asked);
  }
}
