/** Every edit of a drawing: pure functions from document to document, each one step of undo. */

export { codeSizeOf, withCodeSize } from './code-size';
export { addAt, addedNodeId, canAddAt, halfOf, type Place } from './edit-adding';
export { type Alignment, alignNodes, distributeNodes, layOutAnew } from './edit-arrange';
export {
  addBlock,
  canAdd,
  canInsert,
  canRemove,
  insertOnWire,
  moveNodes,
  nextBlockId,
  removeNodes,
} from './edit-blocks';
export { canBypass, setBypassed } from './edit-bypass';
export { cutWires } from './edit-cutting';
export { setFrozen } from './edit-freezing';
export { canGroup, groupBlocks, setCollapsed, ungroup } from './edit-groups';
export { canRename, renameBlock } from './edit-names';
export { takeNetwork } from './edit-network';
export { addNote, changeNote } from './edit-notes';
export { pasteClipping, pastedIds } from './edit-paste';
export { canReplace, replaceBlock, replacedNodeId } from './edit-replacing';
export {
  applyPreset,
  presetValues,
  renameDocument,
  resetDifference,
  setData,
  setOutput,
  setParameter,
  setTask,
  setTraining,
} from './edit-settings';
export { setSkip, setTied } from './edit-twins';
export { canConnect, connect, disconnect, encoderEnd } from './edit-wires';
export { type Hyperparameters, hyperparametersOf, setHyperparameters } from './hyperparameters';
export type { Position } from './positions';
