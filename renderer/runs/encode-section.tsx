import { Button, Progress } from '@mantine/core';
import type { TrainedModelChoice } from '../../shared/ipc/model-schemas';
import { keyOf } from '../export/trained-models';
import { t } from '../strings/strings';
import { cancelEncoding, useEncoding } from './encode-data';
import styles from './runs-panel.module.css';

/** How far the encoding of a data set with a model's weights is; nothing while there is none. */
export function EncodeSection({ model }: { readonly model: TrainedModelChoice }) {
  const encoding = useEncoding((state) => state.encoding);
  if (!encoding || keyOf(encoding.model) !== keyOf(model)) return null;
  const { file, share } = encoding;
  const label = t('runs.encoding', { file });
  return (
    <div className={styles.encoding}>
      <span className={styles.encodingFile} title={file}>
        {label}
      </span>
      <Progress.Root size="xs">
        <Progress.Section
          value={share === null ? 100 : 100 * share}
          animated={share === null}
          aria-label={label}
        />
      </Progress.Root>
      <Button variant="default" size="compact-xs" onClick={cancelEncoding}>
        {t('runs.cancel')}
      </Button>
    </div>
  );
}
