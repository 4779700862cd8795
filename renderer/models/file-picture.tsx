import { useEffect, useState } from 'react';
import { t } from '../strings/strings';
import styles from './opened-model.module.css';
import { modelPicture } from './opened-model-store';

/** The picture of samples and reconstructions that a model's file brought along, where its data are not here. */
export function FilePicture({ runId }: { readonly runId: string }) {
  const [address, setAddress] = useState<string | null>(null);
  useEffect(() => {
    let made: string | null = null;
    let isOver = false;
    modelPicture(runId).then(
      (found) => {
        made = found;
        if (isOver && found) URL.revokeObjectURL(found);
        else setAddress(found);
      },
      () => setAddress(null),
    );
    return () => {
      isOver = true;
      if (made) URL.revokeObjectURL(made);
    };
  }, [runId]);
  if (!address) return <div className={styles.noPicture}>{t('models.noPictureHere')}</div>;
  return (
    <img className={styles.picture} src={address} alt={t('models.picture')} title={t('models.picture')} />
  );
}
