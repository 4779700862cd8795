import { Select } from '@mantine/core';
import { newSchedule, type Schedule, scheduleOf, schedules } from '../../shared/schedules/catalogue';
import { Field } from './field';
import { ParameterControl } from './parameter-control';

interface ScheduleFieldsProps {
  readonly schedule: Schedule;
  readonly onChange: (schedule: Schedule) => void;
}

/** How the learning rate changes, and the parameters of that. */
export function ScheduleFields({ schedule, onChange }: ScheduleFieldsProps) {
  const { help, params } = scheduleOf(schedule.type);
  return (
    <>
      <Field label="Schedule" help={`How the learning rate changes while training. ${help}`}>
        {(id) => (
          <Select
            id={id}
            data={schedules.map(({ type, label }) => ({ value: type, label }))}
            value={schedule.type}
            onChange={(type) => {
              if (type !== null && type !== schedule.type) onChange(newSchedule(type));
            }}
          />
        )}
      </Field>
      {Object.entries(params).map(([name, entry]) => (
        <ParameterControl
          key={`${schedule.type} ${name}`}
          entry={entry}
          value={schedule[name] ?? entry.default}
          onChange={(value) => onChange({ ...schedule, [name]: value })}
        />
      ))}
    </>
  );
}
