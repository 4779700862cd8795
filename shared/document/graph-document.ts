import type { Augmentation } from '../augmentation/augmentation';
import type { ParameterValue } from '../blocks/parameter';
import type { OutputSettings } from '../losses/loss-sum';
import type { Optimizer } from '../optimizers/catalogue';
import type { Schedule } from '../schedules/catalogue';
import type { Task } from '../tasks/catalogue';
import type { Join } from '../tensors/join';
import type { DataReference } from './data-reference';
import type { Group } from './groups';
import type { Note } from './notes';

/** The version this build writes. Older ones are migrated when read; newer ones are refused. */
export const DOCUMENT_VERSION = 3;

export interface DocumentBlock {
  /** Unique in the document, `[a-z][a-z0-9-]*`: `input`, `dense-1`, `conv-2`, `code`. */
  readonly id: string;
  /** A block type of the catalogue. */
  readonly type: string;
  /** What people call it (1 to 60 characters), shown in place of its kind; absent: it goes by its kind. */
  readonly name?: string;
  readonly params: Readonly<Record<string, ParameterValue>>;
}

/** From one block's output to another's input. */
export interface Wire {
  readonly from: string;
  readonly to: string;
}

export type { BuiltinSet, DataReference, FileReference } from './data-reference';

export interface TrainingSettings {
  readonly optimizer: Optimizer;
  readonly learningRate: number;
  /** How the learning rate changes while training. */
  readonly schedule: Schedule;
  readonly batchSize: number;
  readonly epochs: number;
  /**
   * Epochs without a better validation loss (training loss where nothing is held out) after which the run ends with the
   * weights of the best one; 0: never.
   */
  readonly patience: number;
  /** Stacked pre-training: epochs that each pair is trained for by itself before the whole is; absent or 0: none. */
  readonly pretraining?: { readonly epochs: number };
  /** How long all gradients together may be at most (above 0); absent: any length. */
  readonly clipNorm?: number;
  /** What training does to its samples at random, for more of them than there are; absent: nothing. */
  readonly augmentation?: Augmentation;
  /** Share of the training samples held out, 0 ≤ share < 1. */
  readonly validationShare: number;
  /** 0 … 2³²−1: initial weights, split and shuffling all follow from it. */
  readonly seed: number;
}

/**
 * What is saved, diffed and shared: the encoder, the code and the settings. The decoder is derived, never
 * stored, but for its deliberate differences.
 */
export interface GraphDocument {
  readonly format: 'hourglass';
  readonly version: typeof DOCUMENT_VERSION;
  readonly name: string;
  /** What is made of each sample. */
  readonly task: Task;
  readonly data: DataReference;
  /** The encoder's blocks, `input` and `code` among them, in canonical order: along the wires, then by id. */
  readonly blocks: readonly DocumentBlock[];
  readonly wires: readonly Wire[];
  readonly output: OutputSettings;
  /** Deliberate differences of twins, by primed id (`dense-1′`): only non-structural parameters. */
  readonly decoder: Readonly<Record<string, Readonly<Record<string, ParameterValue>>>>;
  /** Skips from blocks to their twins, by the block's id: how what the block gives out joins what the twin takes. */
  readonly skips: Readonly<Record<string, Join>>;
  /** Ids of the blocks whose twins use their weights, transposed. */
  readonly tied: readonly string[];
  /** Ids of the blocks that the network leaves out, their twins with them; absent: none. */
  readonly bypassed?: readonly string[];
  readonly training: TrainingSettings;
  /** Blocks that belong together, drawn in a frame or as one node; absent: none. */
  readonly groups?: readonly Group[];
  /** Notes on the canvas: of the drawing, not of the network; absent: none. */
  readonly notes?: readonly Note[];
  /** Canvas positions in pixels at zoom 1, by node id (twins' and `output` among them). */
  readonly layout: Readonly<Record<string, { readonly x: number; readonly y: number }>>;
}
