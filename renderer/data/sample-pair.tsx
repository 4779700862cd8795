import type { CallResult } from '../../shared/ipc/contract';
import { isPicture } from '../../shared/tensors/shape';
import { SampleView } from './sample-view';
import { VectorView } from './vector-view';

interface SamplePairProps {
  readonly samples: CallResult<'run.evaluatedSamples'>;
  readonly index: number;
  /** For those who can't see: of the original, of what the model is given, of the reconstruction, and of both in one chart. */
  readonly labels: {
    readonly original: string;
    readonly given: string;
    readonly reconstruction: string;
    readonly chart: string;
  };
}

/** A sample and what the model makes of it: pictures one after the other, with what it was given between; else one chart. */
export function SamplePair({
  samples: { originals, seen, reconstructions },
  index,
  labels,
}: SamplePairProps) {
  if (!isPicture(originals.shape)) {
    return (
      <VectorView
        originals={originals.pixels}
        reconstructions={reconstructions.pixels}
        shape={originals.shape}
        index={index}
        label={labels.chart}
      />
    );
  }
  return (
    <>
      <SampleView pixels={originals.pixels} shape={originals.shape} index={index} label={labels.original} />
      {seen && <SampleView pixels={seen.pixels} shape={seen.shape} index={index} label={labels.given} />}
      <SampleView
        pixels={reconstructions.pixels}
        shape={reconstructions.shape}
        index={index}
        label={labels.reconstruction}
      />
    </>
  );
}
