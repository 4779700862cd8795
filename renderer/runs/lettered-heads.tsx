import type { ComparedDesign } from './compare-store';
import { RunLetter } from './run-letter';

/** The heads of a table's columns, one for each design that is compared. */
export function LetteredHeads({ designs }: { readonly designs: readonly ComparedDesign[] }) {
  return designs.map(({ letter, name }) => (
    <th key={letter} scope="col" title={name}>
      <RunLetter letter={letter} />
    </th>
  ));
}
