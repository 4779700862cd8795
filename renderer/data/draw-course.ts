interface CourseBox {
  readonly width: number;
  readonly height: number;
}

/** Draws heights (0–1, 1 at the top) as one line from left to right, in the context's stroke. */
export function drawCourse(
  context: CanvasRenderingContext2D,
  course: readonly number[],
  { width, height }: CourseBox,
): void {
  const pitch = course.length > 1 ? width / (course.length - 1) : 0;
  context.beginPath();
  course.forEach((share, at) => {
    context.lineTo(at * pitch, 2 + (1 - share) * (height - 4));
  });
  context.stroke();
}
