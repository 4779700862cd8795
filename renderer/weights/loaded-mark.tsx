import { Tooltip } from '@mantine/core';
import { Import } from 'lucide-react';
import { useDocument } from '../state/document-store';
import { t } from '../strings/strings';
import { type ChosenModel, loadedFrom, useStarting } from './starting-store';
import styles from './weights.module.css';

/** The mark of a block that the next run gives another model's weights. */
export function LoadedMark({ id, top }: MarkProps) {
  const model = useStarting(({ begin, model: chosen }) => (begin === 'model' ? chosen : null));
  return model && <Mark id={id} top={top} model={model} />;
}

interface MarkProps {
  readonly id: string;
  /** Of its middle, from the block's upper end, in pixels at zoom 1. */
  readonly top: number;
}

function Mark({ id, top, model }: MarkProps & { readonly model: ChosenModel }) {
  const layer = useDocument(({ history }) => loadedFrom(history.present, model, id));
  if (layer === null) return null;
  return (
    <Tooltip label={t('canvas.loadedHelp', { layer, model: model.name })}>
      <span className={styles.mark} style={{ top }} role="img" aria-label={t('canvas.loaded')}>
        <Import size={12} />
      </span>
    </Tooltip>
  );
}
