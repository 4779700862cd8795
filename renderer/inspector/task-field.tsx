import { Select } from '@mantine/core';
import { setTask } from '../../shared/document/edits';
import { taskOf, tasks } from '../../shared/tasks/catalogue';
import { edit, useDocument } from '../state/document-store';
import { Field } from './field';

/** Chooses what is made of each sample. */
export function TaskField() {
  const { kind } = useDocument((state) => state.history.present.task);
  return (
    <Field label="Task" help={taskOf(kind).help}>
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
  );
}
