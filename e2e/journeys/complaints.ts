import type { BrowserContext, ConsoleMessage } from '@playwright/test';

/** What the pages of an app complain of: errors that nothing caught, and whatever their consoles show as an error. */
export class Complaints {
  private readonly said: string[] = [];

  /** Listens to all pages, to those that are opened later too, and takes in what was said already. */
  async listenTo(context: BrowserContext): Promise<void> {
    context.on('weberror', (event) => this.said.push(event.error().message));
    context.on('console', (message) => this.hear(message));
    for (const page of context.pages()) {
      for (const error of await page.pageErrors()) this.said.push(error.message);
      for (const message of await page.consoleMessages()) this.hear(message);
    }
  }

  private hear(message: ConsoleMessage): void {
    // A killed engine or host breaks connections, which the browser reports by itself.
    if (message.type() === 'error' && !message.text().includes('WebSocket connection'))
      this.said.push(message.text());
  }

  /** @throws Error where there are any */
  refuse(): void {
    if (this.said.length > 0) throw new Error(`The page complained:\n${this.said.join('\n')}`);
  }
}
