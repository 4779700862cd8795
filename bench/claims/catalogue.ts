import { accessibility } from './accessibility';
import { anomalies } from './anomalies';
import { bigModel } from './big-model';
import type { Claim } from './claim';
import { codes } from './codes';
import { colouring } from './colouring';
import { contractive } from './contractive';
import { conventions } from './conventions';
import { denoising } from './denoising';
import { edits } from './edits';
import { encodeMemory } from './encode-memory';
import { exports } from './exports';
import { exportsTfjs } from './exports-tfjs';
import { firstPath } from './first-path';
import { hostile } from './hostile';
import { largeDrawings } from './large-drawings';
import { manyBlocks } from './many-blocks';
import { memory } from './memory';
import { operations } from './operations';
import { resume } from './resume';
import { roundTrip } from './round-trip';
import { saveKills } from './save-kills';
import { sparse } from './sparse';
import { speed } from './speed';
import { transfer } from './transfer';
import { variational } from './variational';
import { watermark } from './watermark';

/** Every claim there is, in the order they are checked. */
export const claims: readonly Claim[] = [
  denoising,
  watermark,
  colouring,
  anomalies,
  sparse,
  variational,
  contractive,
  transfer,
  operations,
  resume,
  exports,
  exportsTfjs,
  edits,
  largeDrawings,
  codes,
  encodeMemory,
  memory,
  speed,
  roundTrip,
  accessibility,
  conventions,
  manyBlocks,
  firstPath,
  saveKills,
  hostile,
  bigModel,
];
