import { togglePanel, useLayout } from '../app/layout-store';

/** Whether the block that has the focus was selected when the key went down: Enter selects one that was not. */
let wasSelected = true;

/** Takes note of that before React Flow selects the block. */
export function noteSelected(target: EventTarget): void {
  const node = target instanceof Element ? target.closest('.react-flow__node') : null;
  wasSelected = node === null || node.classList.contains('selected');
}

/** Whether Enter is to go on to the inspector, rather than to press the button or select the block that has the focus. */
export function canFocusInspector(): boolean {
  const active = document.activeElement;
  if (active === null || active === document.body) return true;
  return active.closest('main') !== null && wasSelected && active.tagName !== 'BUTTON';
}

/** Opens the inspector where it is closed, and moves the focus to the first control of its fields. */
export function focusInspector(): void {
  if (useLayout.getState().open.inspector) {
    focusFirst();
    return;
  }
  togglePanel('inspector');
  // It is there with the next frame.
  requestAnimationFrame(() => focusFirst());
}

function focusFirst(): void {
  const fields = document.querySelector('aside[aria-label="Inspector"]');
  const first = fields?.querySelector<HTMLElement>('input:not([disabled]), textarea, select');
  if (!first) return;
  first.focus();
  if (first instanceof HTMLInputElement) first.select();
}
