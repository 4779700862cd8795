/** The number of a note's or a group's id: 3 of `note~3`. */
export function numberOfId(id: string): number {
  return Number(id.slice(id.indexOf('~') + 1));
}
