import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { expect, type Locator, type Page } from '@playwright/test';
import { wireId } from '../../shared/plan/wiring';
import { BlockList } from './block-list';
import type { SystemSide } from './system-side';

type PaletteItem =
  | 'Add Dense to the encoder'
  | 'Add Convolution to the encoder'
  | 'Add Max pool to the encoder'
  | 'Add Code'
  | 'Add Dense to the decoder'
  | 'Add Transposed convolution to the decoder'
  | 'Add Upsample to the decoder';

/** The window in a user's verbs. Everything is done by mouse and keyboard, as a person would. */
export class HourglassWindow {
  /** @param system shows the menus and the dialogs of files, where the page does not */
  constructor(
    readonly page: Page,
    private readonly system: SystemSide | null = null,
  ) {
    this.blockList = new BlockList(page);
  }

  /** The list of blocks that opens at the pointer. */
  readonly blockList: BlockList;

  /** Waits until the engine answers. */
  async ready(): Promise<void> {
    await expect(this.page.getByRole('status', { name: 'Engine' })).toContainText(/TensorFlow|ONNX Runtime/);
  }

  /** Keeps the page busy for ever, from a moment after this. */
  async hang(): Promise<void> {
    await this.page.evaluate(() => {
      setTimeout(() => {
        for (;;);
      }, 0);
    });
  }

  get canvas(): Locator {
    return this.page.getByRole('main', { name: 'Drawing' });
  }

  node(id: string): Locator {
    return this.page.locator(`.react-flow__node[data-id="${id}"]`);
  }

  /** A block and the first line on its face, in pixels of the screen; `letters` is how high these are. */
  async face(id: string) {
    const line = this.node(id).locator('[data-form] > span').first();
    const [block, text] = [(await this.node(id).boundingBox())!, (await line.boundingBox())!];
    const letters = await line.evaluate((element) => {
      const zoom = element.getBoundingClientRect().width / (element as HTMLElement).offsetWidth;
      return Number.parseFloat(getComputedStyle(element).fontSize) * zoom;
    });
    return { block, text, letters };
  }

  wire(from: string, to: string): Locator {
    return this.canvas.locator(`.react-flow__edge-wire[data-id="${wireId(from, to)}"]`);
  }

  /** The skip from a block to its twin. */
  skip(from: string, to: string): Locator {
    return this.canvas.locator(`.react-flow__edge-skip[data-id="${wireId(from, to)}"]`);
  }

  async menu(menu: string, item: string): Promise<void> {
    if (this.system) return this.system.chooseItem(this.page, [menu, item]);
    await this.page.getByRole('menuitem', { name: menu, exact: true }).click();
    // The first of those that begin alike: “New” and “New window”.
    await this.page
      .getByRole('menuitem', { name: new RegExp(`^${item}`) })
      .first()
      .click();
  }

  async openExample(name: string): Promise<void> {
    if (this.system) return this.system.chooseItem(this.page, ['File', 'Examples', name]);
    await this.page.getByRole('menuitem', { name: 'File', exact: true }).click();
    await this.page.getByRole('menuitem', { name: 'Examples' }).hover();
    await this.page.getByRole('menuitem', { name, exact: true }).click();
  }

  async openRecent(name: string): Promise<void> {
    if (this.system) return this.system.chooseItem(this.page, ['File', 'Open recent', name]);
    await this.page.getByRole('menuitem', { name: 'File', exact: true }).click();
    await this.page.getByRole('menuitem', { name: 'Open recent' }).hover();
    await this.page.getByRole('menuitem', { name: new RegExp(`^${name}`) }).click();
  }

  async emptyCanvas(): Promise<void> {
    await this.menu('File', 'New');
    await this.page.getByRole('button', { name: 'Empty canvas' }).click();
    await expect(this.node('output')).toBeVisible();
  }

  /** Brings the whole drawing into view. */
  async showAll(): Promise<void> {
    await this.page.keyboard.press('Control+0');
    await this.canvasAtRest();
  }

  /** Lays the drawing out anew, and brings all of it into view. */
  async tidyUp(): Promise<void> {
    await this.menu('Arrange', 'Tidy up');
    await this.showAll();
  }

  /** A small map of the drawing, shown while a part of it is out of sight. */
  get map(): Locator {
    return this.page.getByRole('img', { name: 'Overview' });
  }

  /** Pulls what is in sight across the map, by pixels to the right. */
  async pullMap(right: number): Promise<void> {
    const box = (await this.map.boundingBox())!;
    const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
    await this.page.mouse.move(x, y);
    await this.page.mouse.down();
    await this.page.mouse.move(x + right, y, { steps: 6 });
    await this.page.mouse.up();
    await this.canvasAtRest();
  }

  /** Where a block stands on the screen, in pixels. */
  async place(id: string) {
    const box = (await this.node(id).boundingBox())!;
    return { left: box.x, top: box.y, right: box.x + box.width, bottom: box.y + box.height };
  }

  /** Where a block stands on the canvas, in pixels at zoom 1. */
  async storedPosition(id: string) {
    const style = await this.node(id).evaluate((element) => (element as HTMLElement).style.transform);
    const [x, y] = [...style.matchAll(/-?[\d.]+/g)].map(([number]) => Number(number));
    return { x: x!, y: y! };
  }

  async zoom(): Promise<number> {
    const style = await this.canvas
      .locator('.react-flow__viewport')
      .evaluate((element) => (element as HTMLElement).style.transform);
    return Number(/scale\(([\d.]+)\)/.exec(style)?.[1]);
  }

  /** Takes a block in the hand at its middle and holds it some pixels of the screen away. */
  async holdDragged(id: string, right: number, down: number): Promise<void> {
    await this.atRest();
    const box = (await this.node(id).boundingBox())!;
    const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
    await this.page.mouse.move(x, y);
    await this.page.mouse.down();
    await this.page.mouse.move(x + right / 2, y + down / 2, { steps: 4 });
    await this.page.mouse.move(x + right, y + down, { steps: 4 });
  }

  /** Drags a block of the canvas onto the middle of a wire, holding a key. */
  async dragOntoWire(id: string, from: string, to: string, key?: 'Control'): Promise<void> {
    await this.canvasAtRest();
    const box = (await this.node(id).boundingBox())!;
    const goal = await this.middleOfWire(from, to);
    if (key) await this.page.keyboard.down(key);
    await this.page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
    await this.page.mouse.down();
    await this.page.mouse.move(goal.x, goal.y - 30, { steps: 6 });
    await this.page.mouse.move(goal.x, goal.y, { steps: 4 });
    await this.page.mouse.up();
    if (key) await this.page.keyboard.up(key);
    await this.canvasAtRest();
  }

  /** Drags a block some pixels of the screen away. */
  async drag(id: string, right: number, down: number): Promise<void> {
    await this.holdDragged(id, right, down);
    await this.page.mouse.up();
    await this.atRest();
  }

  atRest(): Promise<void> {
    return this.canvasAtRest();
  }

  /** Waits until no block has moved for ten frames, so that a place measured now is still right. */
  async canvasAtRest(): Promise<void> {
    await this.canvas.evaluate(
      (canvas) =>
        new Promise<void>((resolve) => {
          let last = '';
          let still = 0;
          const look = () => {
            const places = [...canvas.querySelectorAll('.react-flow__node')].map((node) => {
              const { x, y, width } = node.getBoundingClientRect();
              return [x, y, width].map(Math.round).join();
            });
            const now = places.join(' ');
            still = now === last ? still + 1 : 0;
            last = now;
            if (still === 10) resolve();
            else requestAnimationFrame(look);
          };
          look();
        }),
    );
  }

  /** Drags a block from the palette to a share of the canvas' width and height. */
  async dragBlock(item: PaletteItem, across: number, down: number): Promise<void> {
    const box = (await this.canvas.boundingBox())!;
    await this.carryBlock(item, box.x + box.width * across, box.y + box.height * down);
  }

  /** Drags a block from the palette onto the middle of a wire. */
  async dragBlockOntoWire(item: PaletteItem, from: string, to: string): Promise<void> {
    await this.canvasAtRest();
    const { x, y } = await this.middleOfWire(from, to);
    await this.carryBlock(item, x, y);
  }

  /** Of a wire that runs straight, in pixels of the window. */
  private async middleOfWire(from: string, to: string): Promise<{ x: number; y: number }> {
    const [a, b] = [
      (await this.handle(from, 'source').boundingBox())!,
      (await this.handle(to, 'target').boundingBox())!,
    ];
    return {
      x: (a.x + a.width / 2 + b.x + b.width / 2) / 2,
      y: (a.y + a.height / 2 + b.y + b.height / 2) / 2,
    };
  }

  private async carryBlock(item: PaletteItem, x: number, y: number): Promise<void> {
    const entry = this.page.getByRole('button', { name: item, exact: true });
    await entry.scrollIntoViewIfNeeded();
    const from = (await entry.boundingBox())!;
    await this.page.mouse.move(from.x + from.width / 2, from.y + from.height / 2);
    await this.page.mouse.down();
    await this.page.mouse.move(x, y, { steps: 6 });
    await this.page.mouse.up();
  }

  private handle(id: string, kind: 'source' | 'target'): Locator {
    return this.node(id).locator(`.react-flow__handle.${kind}`);
  }

  /** Takes a wire from one block's output into the hand and holds it over another's input. */
  async holdWire(from: string, to: string): Promise<void> {
    await this.canvasAtRest();
    const [a, b] = [
      (await this.handle(from, 'source').boundingBox())!,
      (await this.handle(to, 'target').boundingBox())!,
    ];
    await this.page.mouse.move(a.x + a.width / 2, a.y + a.height / 2);
    await this.page.mouse.down();
    await this.page.mouse.move((a.x + b.x) / 2, (a.y + b.y) / 2 + 12, { steps: 6 });
    await this.page.mouse.move(b.x + b.width / 2, b.y + b.height / 2, { steps: 6 });
  }

  /** Clicks the port of a block with the right button. */
  async rightClickPort(id: string, side: 'source' | 'target'): Promise<void> {
    await this.canvasAtRest();
    const { x, y, width, height } = (await this.handle(id, side).boundingBox())!;
    // The end of a wire, to be taken into the hand, may lie over the other half of it.
    const aside = side === 'source' ? 0.75 : 0.25;
    await this.page.mouse.click(x + width * aside, y + height / 2, { button: 'right' });
  }

  async drawWire(from: string, to: string): Promise<void> {
    await this.holdWire(from, to);
    await this.page.mouse.up();
  }

  /** A point of the window, by shares of the canvas' width and height. */
  async canvasPoint(across: number, down: number): Promise<{ x: number; y: number }> {
    const box = (await this.canvas.boundingBox())!;
    return { x: box.x + box.width * across, y: box.y + box.height * down };
  }

  /** Begins a wire at a block's side and holds it at a point of the window. */
  async holdWireAt(id: string, side: 'source' | 'target', point: { x: number; y: number }): Promise<void> {
    await this.canvasAtRest();
    const begin = (await this.handle(id, side).boundingBox())!;
    await this.page.mouse.move(begin.x + begin.width / 2, begin.y + begin.height / 2);
    await this.page.mouse.down();
    await this.page.mouse.move((begin.x + point.x) / 2, (begin.y + point.y) / 2, { steps: 6 });
    await this.page.mouse.move(point.x, point.y, { steps: 6 });
  }

  /** A point on a block, away from its handles and its middle. */
  async bodyOf(id: string): Promise<{ x: number; y: number }> {
    await this.canvasAtRest();
    const box = (await this.node(id).boundingBox())!;
    return { x: box.x + box.width * 0.6, y: box.y + box.height * 0.72 };
  }

  /** Takes a wire at its end, at the block it leads into, and drops that end on another block's input. */
  async takeWireOff(from: string, to: string, onto: string): Promise<void> {
    await this.canvasAtRest();
    // What takes the end into the hand lies over the block's own handle only around the wire.
    const end = (await this.wire(from, to).locator('.react-flow__edgeupdater-target').boundingBox())!;
    const goal = (await this.handle(onto, 'target').boundingBox())!;
    await this.page.mouse.move(end.x + end.width / 2 - 4, end.y + end.height / 2);
    await this.page.mouse.down();
    await this.page.mouse.move((end.x + goal.x) / 2, goal.y + 30, { steps: 6 });
    await this.page.mouse.move(goal.x + goal.width / 2, goal.y + goal.height / 2, { steps: 6 });
    await this.page.mouse.up();
  }

  /** Clicks a wire in the middle of its way. */
  async selectWire(from: string, to: string): Promise<void> {
    await this.canvasAtRest();
    const box = (await this.wire(from, to).locator('.react-flow__edge-interaction').boundingBox())!;
    await this.page.mouse.click(box.x + box.width / 2, box.y + box.height / 2);
    await expect(this.wire(from, to)).toHaveClass(/selected/);
  }

  /** Clicks a skip at the left of its lowest stretch, beside the words on it. */
  async selectSkip(from: string, to: string): Promise<void> {
    await this.canvasAtRest();
    const line = (await this.skip(from, to).locator('.react-flow__edge-path').boundingBox())!;
    await this.page.mouse.click(line.x + line.width / 4, line.y + line.height);
    await expect(this.skip(from, to)).toHaveClass(/selected/);
  }

  async select(id: string): Promise<void> {
    await this.node(id).click();
    await expect(this.node(id)).toHaveClass(/selected/);
  }

  async addToSelection(id: string): Promise<void> {
    await this.node(id).click({ modifiers: ['Shift'] });
    await expect(this.node(id)).toHaveClass(/selected/);
  }

  /** Selects a block by a box drawn around it from the empty canvas, holding a key. */
  async drawBox(id: string, key?: 'Shift' | 'Control'): Promise<void> {
    await this.canvasAtRest();
    const { left, top, right, bottom } = await this.place(id);
    if (key) await this.page.keyboard.down(key);
    await this.page.mouse.move(left - 4, top - 14);
    await this.page.mouse.down();
    await this.page.mouse.move((left + right) / 2, (top + bottom) / 2, { steps: 4 });
    await this.page.mouse.move(right - 4, bottom - 8, { steps: 4 });
    await this.page.mouse.up();
    if (key) await this.page.keyboard.up(key);
  }

  /** Puts a text on the clipboard, by way of the palette's search field. */
  async copyText(text: string): Promise<void> {
    const field = this.page.getByRole('textbox', { name: 'Find a block' });
    await field.fill(text);
    await field.press('Control+a');
    await field.press('Control+x');
    await expect(field).toHaveValue('');
  }

  async nothingSelected(): Promise<void> {
    await this.canvas.locator('.react-flow__pane').click({ position: { x: 300, y: 12 } });
  }

  field(label: string): Locator {
    return this.page.getByRole('complementary', { name: 'Inspector' }).getByLabel(label, { exact: true });
  }

  async setNumber(label: string, value: number): Promise<void> {
    await this.field(label).fill(String(value));
    await this.field(label).press('Enter');
    await expect(this.field(label)).toHaveValue(String(value));
  }

  async choose(label: string, option: string): Promise<void> {
    await this.page.getByRole('combobox', { name: label, exact: true }).click();
    await this.page.getByRole('option', { name: option, exact: true }).click();
  }

  panel(name: 'Run' | 'Runs' | 'Errors' | 'Layers' | 'Code' | 'Data' | 'Problems'): Promise<void> {
    // The tab of problems tells how many there are.
    return this.page.getByRole('tab', { name: new RegExp(`^${name}(?![a-z])`) }).click();
  }

  /** Measures the trained model on another built-in set. */
  async compareErrorsWith(name: string): Promise<void> {
    await this.button('Compare with other data').click();
    await this.page.getByRole('menuitem', { name, exact: true }).click();
  }

  /** The plane that codes are shown in. */
  get codeMap(): Locator {
    return this.page.getByRole('application', { name: /^Map of/ });
  }

  get runState(): Locator {
    return this.page.getByRole('status', { name: 'Run state' });
  }

  async train(): Promise<void> {
    await this.page.getByRole('button', { name: 'Train', exact: true }).click();
  }

  button(name: string): Locator {
    return this.page.getByRole('button', { name, exact: true });
  }

  /** A figure of the run panel, as a number; NaN while there is none. */
  async figure(name: string): Promise<number> {
    const list = this.page.getByLabel('Figures of the run');
    const term = list.locator(`xpath=.//dt[normalize-space()="${name}"]/following-sibling::dd[1]`);
    const text = await term.textContent();
    return Number.parseFloat((text ?? '').replaceAll(',', ''));
  }

  /** How many times the reconstructions of the run shown have been redrawn. */
  async reconstructionUpdates(): Promise<number> {
    const head = this.page.getByRole('region', { name: 'Reconstructions' }).locator('[data-updates]');
    return Number(await head.getAttribute('data-updates'));
  }

  /** Reloads the page; unsaved changes are offered again, and taken. */
  async reloadAndRecover(): Promise<void> {
    await this.page.reload();
    await this.page.getByRole('button', { name: 'Recover', exact: true }).click();
  }

  async chooseData(name: RegExp): Promise<void> {
    await this.panel('Data');
    await this.page.getByRole('combobox', { name: 'Data set' }).click();
    await this.page.getByRole('option', { name }).click();
  }

  /** Chooses a folder of the disk as data. */
  async chooseFolder(folder: string): Promise<void> {
    await this.panel('Data');
    await this.button('Files…').click();
    if (this.system) {
      await this.system.answerOpen({ response: 1 });
      return this.system.answerOpen({ filePaths: [folder] });
    }
    await this.page.getByLabel('Folder', { exact: true }).fill(folder);
    await this.page.getByLabel('Folder', { exact: true }).press('Enter');
    await this.button('Use this folder').click();
  }

  /** Chooses a file of the disk as data. */
  async chooseFile(folder: string, name: string): Promise<void> {
    await this.panel('Data');
    await this.button('Files…').click();
    await this.answerWithFile(folder, name);
  }

  /** Answers the question for data: with a file, not a folder. */
  async answerWithFile(folder: string, name: string): Promise<void> {
    await this.system?.answerOpen({ response: 0 });
    await this.openFrom(folder, name);
  }

  /** A PNG of 90 × 60 pixels, a white square on red, painted by the page itself. */
  async drawnPicture(): Promise<Buffer> {
    const png = await this.page.evaluate(() => {
      const canvas = document.createElement('canvas');
      canvas.width = 90;
      canvas.height = 60;
      const context = canvas.getContext('2d')!;
      context.fillStyle = 'darkred';
      context.fillRect(0, 0, 90, 60);
      context.strokeStyle = 'white';
      context.lineWidth = 8;
      context.strokeRect(30, 15, 30, 30);
      return canvas.toDataURL('image/png').split(',')[1]!;
    });
    return Buffer.from(png, 'base64');
  }

  /** Answers the file dialog: goes to a folder, then names the file (saving) or picks it (opening). */
  async saveInto(folder: string, name: string): Promise<void> {
    await this.answerSave(folder, name);
    if (!this.system) await expect(this.page.getByRole('dialog')).toBeHidden();
    await expect.poll(() => existsSync(join(folder, `${name}.hourglass`))).toBe(true);
  }

  /** The same where what comes of it may be refused. */
  async answerSave(folder: string, name: string): Promise<void> {
    if (this.system) {
      await this.system.answerOpen({ filePath: join(folder, name) });
      return;
    }
    await this.page.getByLabel('Folder', { exact: true }).fill(folder);
    await this.page.getByLabel('Folder', { exact: true }).press('Enter');
    await this.page.getByRole('dialog').getByLabel('Name', { exact: true }).fill(name);
    await this.page.getByRole('dialog').getByRole('button', { name: 'Save', exact: true }).click();
  }

  /** Answers the dialog for a file that is not a drawing: goes to a folder, then names it in full. */
  async saveAs(folder: string, name: string): Promise<void> {
    if (this.system) await this.system.answerOpen({ filePath: join(folder, name) });
    else {
      const field = this.page.getByLabel('Folder', { exact: true });
      // Another dialog may have asked, and be open under it.
      const dialog = this.page.getByRole('dialog').filter({ has: field });
      await field.fill(folder);
      await field.press('Enter');
      await dialog.getByLabel('Name', { exact: true }).fill(name);
      await dialog.getByRole('button', { name: 'Save', exact: true }).click();
      await expect(field).toBeHidden();
    }
    await expect.poll(() => existsSync(join(folder, name))).toBe(true);
  }

  /** Answers the question for a file to open. */
  async pickFrom(folder: string, name: string): Promise<void> {
    if (this.system) return this.system.answerOpen({ filePaths: [join(folder, name)] });
    const field = this.page.getByLabel('Folder', { exact: true });
    await field.fill(folder);
    await field.press('Enter');
    await this.page.getByRole('option', { name: new RegExp(`^${name}`) }).dblclick();
    await expect(field).toBeHidden();
  }

  /** Answers the question for a folder alone. */
  async useFolder(folder: string): Promise<void> {
    if (this.system) return this.system.answerOpen({ filePaths: [folder] });
    await this.page.getByLabel('Folder', { exact: true }).fill(folder);
    await this.page.getByLabel('Folder', { exact: true }).press('Enter');
    await this.button('Use this folder').click();
  }

  async openFrom(folder: string, name: string): Promise<void> {
    await this.pickFrom(folder, name);
    // A drawing is read only then; another dialog may ask something of it.
    if (name.endsWith('.hourglass')) await expect(this.page).toHaveTitle(new RegExp(name));
  }
}
