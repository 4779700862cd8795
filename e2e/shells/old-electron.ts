// What Playwright asks of a browser and the Chromium 83 of Electron 9.4.1 lacks, each with the Chromium that brought it.
// Tests use that Electron where no current one can be had; with a current one, nothing of this is used.
import { type Page, selectors } from '@playwright/test';

/**
 * `Element.checkVisibility` (105), which Playwright's script in the page asks for whatever is clicked or looked for by
 * role. That script runs in a world of its own and evaluates the source of each selector engine there when it is made;
 * so an engine that is never used brings it along. To be called before an app is launched.
 */
export async function bridgePlaywright(): Promise<void> {
  await selectors.register('old-electron', `(${addCheckVisibility})()`, { contentScript: true });
}

function addCheckVisibility(): object {
  Element.prototype.checkVisibility ??= function (this: Element) {
    if (this.getClientRects().length > 0) return true;
    if (!this.isConnected || getComputedStyle(this).display === 'contents') return false;
    for (let at: Element | null = this; at; at = at.parentElement)
      if (getComputedStyle(at).display === 'none') return false;
    return true;
  };
  return { query: () => null, queryAll: () => [] };
}

/**
 * `Input.setInterceptDrags` (88), which Playwright calls before the mouse is moved with its button down. Here such
 * moves are sent without it, over the same protocol. The system's own drag and drop would take hold of the display's
 * pointer, which nobody moves; so once the page has begun a drag, its events are made in the page: the window sees the
 * real `dragstart` of the real mouse, and after that the events of a drag as they are due where the mouse is.
 */
export async function bridgeMouse(page: Page): Promise<void> {
  const protocol = await page.context().newCDPSession(page);
  let at = { x: 0, y: 0 };
  let pressed = false;
  const send = (type: 'mouseMoved' | 'mousePressed' | 'mouseReleased', buttons: 0 | 1) =>
    protocol.send('Input.dispatchMouseEvent', {
      type,
      ...at,
      button: type === 'mouseMoved' && !pressed ? 'none' : 'left',
      buttons,
      clickCount: type === 'mouseMoved' ? 0 : 1,
    });
  const dragged = (kind: DragStep) =>
    page.evaluate(({ name, kind, at }) => Reflect.get(window, name)?.(kind, at) ?? false, {
      name: DRAG,
      kind,
      at,
    });
  Object.assign(page.mouse, {
    move: async (x: number, y: number, { steps = 1 } = {}) => {
      const from = at;
      for (let step = 1; step <= steps; step += 1) {
        at = { x: from.x + ((x - from.x) * step) / steps, y: from.y + ((y - from.y) * step) / steps };
        if (!pressed || !(await dragged('over'))) await send('mouseMoved', pressed ? 1 : 0);
      }
    },
    down: async () => {
      await page.evaluate(watchForDrag, DRAG);
      pressed = true;
      await send('mousePressed', 1);
    },
    up: async () => {
      pressed = false;
      if (!(await dragged('drop'))) await send('mouseReleased', 0);
    },
  });
}

type DragStep = 'over' | 'drop';

/** The page's global that carries a drag on. */
const DRAG = '__dragOfOldElectron';

/** In the page: takes over a drag that begins while the mouse is down. */
function watchForDrag(name: string): void {
  let data: DataTransfer | null = null;
  let source: EventTarget | null = null;
  let over: Element | null = null;

  const fire = (target: EventTarget, type: string, at: { x: number; y: number }) => {
    const position = { clientX: at.x, clientY: at.y };
    const event = new DragEvent(type, {
      ...position,
      bubbles: true,
      composed: true,
      cancelable: type !== 'dragend' && type !== 'dragleave',
      dataTransfer: data,
    });
    target.dispatchEvent(event);
    return event.defaultPrevented;
  };

  const begin = (event: DragEvent) => {
    if (event.defaultPrevented || !event.dataTransfer) return;
    data = new DataTransfer();
    data.effectAllowed = event.dataTransfer.effectAllowed;
    for (const type of event.dataTransfer.types) data.setData(type, event.dataTransfer.getData(type));
    source = event.target;
    event.preventDefault();
  };
  window.addEventListener('dragstart', begin, { once: true });

  Reflect.set(window, name, (step: 'over' | 'drop', at: { x: number; y: number }) => {
    if (step === 'drop') {
      window.removeEventListener('dragstart', begin);
      Reflect.deleteProperty(window, name);
    }
    if (!data || !source) return false;
    const target = document.elementFromPoint(at.x, at.y) ?? document.body;
    if (target !== over) {
      fire(target, 'dragenter', at);
      if (over) fire(over, 'dragleave', at);
      over = target;
    }
    const accepted = fire(target, 'dragover', at);
    if (step === 'drop') {
      if (accepted) fire(target, 'drop', at);
      else fire(target, 'dragleave', at);
      fire(source, 'dragend', at);
    }
    return true;
  });
}
