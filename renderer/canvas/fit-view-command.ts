let fitting: () => void = () => {};
let zooming: () => void = () => {};

/** The canvas hands over its own fitting, which only a component inside it can get at. */
export function provideFitView(fit: () => void, zoom: () => void): void {
  fitting = fit;
  zooming = zoom;
}

export function fitDrawing(): void {
  fitting();
}

/** Shows what is selected as large as is useful; the whole drawing where nothing is. */
export function zoomToSelection(): void {
  zooming();
}
