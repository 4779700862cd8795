import { PROGRAMS_OF_STAGE, stageProgram } from '../compile/stage-programs';
import type { ModelSession } from '../execute/executor';

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
