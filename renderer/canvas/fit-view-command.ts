let fitting: () => void = () => {};

/** The canvas hands over its own fitting, which only a component inside it can get at. */
export function provideFitView(next: () => void): void {
  fitting = next;
}

export function fitDrawing(): void {
  fitting();
}
