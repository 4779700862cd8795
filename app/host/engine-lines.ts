import type { EngineReport } from '../../shared/ipc/contract';
import type { EngineHost } from './engine-host';
import type { TensorFlowFetch, TensorFlowState } from './tensorflow-fetch';

/** Shows the user one line. */
type Print = (line: string) => void;

const TITLES = { tensorflow: 'TensorFlow', onnx: 'ONNX Runtime' } as const;

/** Says in the terminal, once the engine is up, which one trains, and how to get one that is not here. */
export async function sayEngine(
  engine: EngineHost,
  tensorFlow: TensorFlowFetch,
  print: Print,
): Promise<void> {
  try {
    for (const line of engineLines(await engine.describe(), tensorFlow.state)) print(line);
  } catch (error) {
    print(error instanceof Error ? error.message : String(error));
  }
}

function engineLines({ active, missing }: EngineReport, tensorFlow: TensorFlowState): readonly string[] {
  const threads = `${active.threads} thread${active.threads === 1 ? '' : 's'}`;
  return [
    `It trains with ${TITLES[active.name]} ${active.version}, on the CPU (${threads}).`,
    ...missing.map(({ name, reason, cure }) =>
      name === 'tensorflow' && tensorFlow.state === 'failed'
        ? `TensorFlow could not be fetched a while ago: ${tensorFlow.reason} ${tensorFlow.cure}`
        : `${TITLES[name]} is not here: ${reason}. ${cure}`,
    ),
  ];
}

/** Says in the terminal how the fetching goes: a line a step, and how it ended. */
export function sayTensorFlow(print: Print, engine: EngineHost): (state: TensorFlowState) => void {
  let before: TensorFlowState | null = null;
  return (state) => {
    const begun = state.state === 'fetching' && before?.state !== 'fetching';
    const step =
      state.state === 'fetching' && !(before?.state === 'fetching' && before.doing === state.doing);
    before = state;
    if (begun) {
      print('Fetching TensorFlow (about 274 MB, once; HOURGLASS_NO_DOWNLOAD=1 leaves it out) …');
    } else if (step) print(`  ${state.doing}`);
    else if (state.state === 'absent') print(state.reason);
    else if (state.state === 'failed')
      print(`TensorFlow could not be fetched: ${state.reason} ${state.cure}`);
    else if (state.state === 'ready') {
      // Asking makes the engine load it, where it is idle.
      engine.describe().then(
        ({ active }) =>
          print(
            active.name === 'tensorflow'
              ? `TensorFlow ${active.version} is here: the next run trains with it.`
              : 'TensorFlow was fetched, but the engine does not find it; “npm start -- doctor” tells more.',
          ),
        () => print('TensorFlow is here: the next run trains with it.'),
      );
    }
  };
}
