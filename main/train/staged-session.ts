import { initialState } from '../compile/initial-state';
import { PROGRAMS_OF_STAGE, stageProgram } from '../compile/stage-programs';
import { weightState } from '../compile/weight-state';
import type { ModelSession, Tensor } from '../execute/executor';
import type { PreparedRun } from './run-preparation';

/** A session whose training, evaluation and reconstruction are those of one stage of pre-training, over the same state. */
export function stagedSession(session: ModelSession, stage: number): ModelSession {
  return {
    run: (program, feeds, draw) =>
      session.run(PROGRAMS_OF_STAGE.has(program) ? stageProgram(stage, program) : program, feeds, draw),
    state: (names) => session.state(names),
    setState: (state) => session.setState(state),
    dispose: () => session.dispose(),
  };
}

/** What the optimizer keeps, as before its first step: each stage begins with it, and the whole behind them. */
export function freshOptimizer({
  plan,
  document,
}: Pick<PreparedRun, 'plan' | 'document'>): Map<string, Tensor> {
  const { optimizer, seed } = document.training;
  const weights = new Set(weightState(plan).map(({ name }) => name));
  return new Map([...initialState(plan, optimizer, seed)].filter(([name]) => !weights.has(name)));
}
