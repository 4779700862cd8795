import { Button, Menu } from '@mantine/core';
import { ChevronDown, FileText, Save, Share, Sheet } from 'lucide-react';
import type { TrainedModelChoice } from '../../shared/ipc/model-schemas';
import { encodeData, useEncoding } from '../runs/encode-data';
import { t } from '../strings/strings';
import { openExport } from './export-store';
import { writeReport } from './report';

interface TakeElsewhereProps {
  readonly model: TrainedModelChoice;
  readonly name: string;
  /** Nothing can be taken of a run that took no step. */
  readonly disabled?: boolean;
  /** Saves it as a model file. */
  readonly onSave: () => void;
}

/** What can be done with a trained model outside of this window: keep it in a file, export it, report of it, encode with it. */
export function TakeElsewhere({ model, name, disabled = false, onSave }: TakeElsewhereProps) {
  const isEncoding = useEncoding(({ encoding }) => encoding !== null);
  return (
    <Menu position="bottom-end" withinPortal shadow="md" transitionProps={{ duration: 0 }}>
      <Menu.Target>
        <Button
          size="xs"
          px={8}
          variant="default"
          disabled={disabled}
          rightSection={<ChevronDown size={12} />}
        >
          {t('exports.saveAs')}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item leftSection={<Save size={13} />} onClick={onSave}>
          {t('exports.saveModel')}
        </Menu.Item>
        <Menu.Item leftSection={<Share size={13} />} onClick={() => openExport(model)}>
          {t('exports.exportModel')}
        </Menu.Item>
        <Menu.Item leftSection={<FileText size={13} />} onClick={() => void writeReport(model, name)}>
          {t('exports.report.button')}
        </Menu.Item>
        <Menu.Item
          leftSection={<Sheet size={13} />}
          disabled={isEncoding}
          onClick={() => void encodeData(model, name)}
        >
          {t('runs.encode')}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
