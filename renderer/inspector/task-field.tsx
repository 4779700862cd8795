import { Select } from '@mantine/core';
import { setTask } from '../../shared/document/edits';
import { spaceOf, taskOf, tasks } from '../../shared/tasks/catalogue';
import { colourSpaces } from '../../shared/tasks/colour-space';
import { edit, useDocument } from '../state/document-store';
import { t } from '../strings/strings';
import { Field } from './field';

/** Chooses what is made of each sample. */
export function TaskField() {
  const { kind } = useDocument((state) => state.history.present.task);
  return (
    <>
      <Field label={t('inspector.task')} help={taskOf(kind).help}>
        {(id) => (
          <Select
            id={id}
            data={tasks.map((task) => ({ value: task.kind, label: task.label }))}
            value={kind}
            onChange={(chosen) => {
              const task = tasks.find((each) => each.kind === chosen);
              if (task) edit((document) => setTask(document, { kind: task.kind }));
            }}
          />
        )}
      </Field>
      {taskOf(kind).sees === 'grey' && <SpaceField />}
    </>
  );
}

/** Chooses what a network that colours gives out. */
function SpaceField() {
  const task = useDocument((state) => state.history.present.task);
  const present = colourSpaces.find(({ space }) => space === spaceOf(task));
  return (
    <Field label={t('task.space')} help={present?.help}>
      {(id) => (
        <Select
          id={id}
          data={colourSpaces.map(({ space, label }) => ({ value: space, label }))}
          value={spaceOf(task)}
          onChange={(chosen) => {
            const space = colourSpaces.find((each) => each.space === chosen)?.space;
            if (space) edit((document) => setTask(document, { kind: task.kind, space }));
          }}
        />
      )}
    </Field>
  );
}
