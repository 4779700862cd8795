import { Button, Group, Modal, Text } from '@mantine/core';
import { useChoice } from './file-dialogs';

/** The dialog that answers `askToChoose`. */
export function ChoiceDialog() {
  const asked = useChoice((state) => state.asked);
  return (
    <Modal
      opened={asked !== null}
      onClose={() => asked?.answer(null)}
      title={asked?.title}
      size={460}
      centered
      transitionProps={{ duration: 0 }}
    >
      <Text size="sm">{asked?.text}</Text>
      <Group justify="flex-end" gap={8} mt={14}>
        {asked?.choices.map((choice) => (
          <Button
            key={choice.value}
            size="xs"
            variant={choice.kind === 'main' ? 'filled' : 'default'}
            {...(choice.kind === 'danger' ? { color: 'red', variant: 'light' } : {})}
            data-autofocus={choice.kind === 'main' ? true : undefined}
            onClick={() => asked.answer(choice.value)}
          >
            {choice.label}
          </Button>
        ))}
      </Group>
    </Modal>
  );
}
