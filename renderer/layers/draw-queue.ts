/** Milliseconds of a frame that thumbnails may take: the rest is for panning and dragging. */
const A_FRAME = 3;

const waiting = new Map<object, () => void>();
let frame = 0;

/** Draws soon, a few each frame; of what is asked for one owner, only the newest. Returns what calls it off. */
export function drawSoon(owner: object, draw: () => void): () => void {
  waiting.set(owner, draw);
  if (frame === 0) frame = window.requestAnimationFrame(drawSome);
  return () => waiting.delete(owner);
}

function drawSome(): void {
  const since = performance.now();
  frame = 0;
  for (const [owner, draw] of waiting) {
    waiting.delete(owner);
    draw();
    if (performance.now() - since > A_FRAME) break;
  }
  if (waiting.size > 0) frame = window.requestAnimationFrame(drawSome);
}
