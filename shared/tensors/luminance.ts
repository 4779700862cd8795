/** How much red, green and blue count for the brightness of a colour (ITU-R BT.601), as in Pillow and TensorFlow. */
export const LUMINANCE: readonly [red: number, green: number, blue: number] = [0.299, 0.587, 0.114];
