import { Button, Tooltip } from '@mantine/core';
import type { Preset } from '../../shared/blocks/block';
import { applyPreset, presetValues } from '../../shared/document/edits';
import { edit, useDocument } from '../state/document-store';

/** Sets several parameters of a block at once; not there where they are so already. */
export function PresetButton({ blockId, preset }: { readonly blockId: string; readonly preset: Preset }) {
  const document = useDocument((state) => state.history.present);
  if (!presetValues(document, blockId, preset)) return null;
  return (
    <Tooltip label={preset.help} position="left" multiline w={240}>
      <Button
        variant="default"
        size="compact-xs"
        onClick={() => edit((doc) => applyPreset(doc, blockId, preset))}
      >
        {preset.label}
      </Button>
    </Tooltip>
  );
}
