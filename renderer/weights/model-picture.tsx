import { useEffect, useState } from 'react';
import { frameOf, type ReconstructionFrame } from '../reconstructions/film-frame';
import { ShownPairs } from '../reconstructions/shown-pairs';
import { call } from '../state/session-store';
import { t } from '../strings/strings';
import styles from './weights.module.css';

/** What a kept run's samples came back as at its end; nothing where none were kept. */
export function ModelPicture({ id }: { readonly id: string }) {
  const [frame, setFrame] = useState<ReconstructionFrame | null>(null);
  useEffect(() => {
    let wanted = true;
    call('runs.film', { id }).then(
      ({ film }) => wanted && film && setFrame(frameOf(film, film.steps.length - 1)),
      // A run without pictures has its weights all the same.
      () => {},
    );
    return () => {
      wanted = false;
    };
  }, [id]);
  if (!frame) return null;
  return (
    <section className={styles.picture} aria-label={t('weights.picture')}>
      <ShownPairs samples={frame} differences={null} name={(index) => String(index + 1)} />
    </section>
  );
}
