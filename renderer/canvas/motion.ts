/** How long something moves, in milliseconds: not at all where the system asks for less motion. */
export function motionMs(usual: number): number {
  return window.matchMedia('(prefers-reduced-motion: reduce)').matches ? 0 : usual;
}
