import { expect, type Locator, type Page } from '@playwright/test';

/** The list of blocks that opens at the pointer, by what a user does with it. */
export class BlockList {
  constructor(private readonly page: Page) {}

  /** Named by what it asks for: “Add a block”, “Add behind dense-1”. */
  dialog(name: string | RegExp): Locator {
    return this.page.getByRole('dialog', { name });
  }

  option(name: string | RegExp): Locator {
    return this.page.getByRole('option', { name });
  }

  /** Waits for the list, types, and takes the first answer. */
  async take(title: string | RegExp, typed: string): Promise<void> {
    await expect(this.dialog(title)).toBeVisible();
    await this.page.keyboard.type(typed);
    await this.page.keyboard.press('Enter');
    await expect(this.dialog(title)).toBeHidden();
  }
}
