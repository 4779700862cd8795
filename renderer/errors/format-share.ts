/** A share as a percentage with one place: `4.8%`. */
export function formatShare(share: number): string {
  return `${(100 * share).toFixed(1)}%`;
}
