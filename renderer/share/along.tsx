import { t } from '../strings/strings';
import styles from './share-dialog.module.css';
import type { WhatGoes } from './what-goes';

/** What goes along when something is given away, and what stays. */
export function Along({ goes, stays }: WhatGoes) {
  return (
    <div className={styles.along}>
      <List title={t('share.goes')} lines={goes} />
      <List title={t('share.stays')} lines={stays} />
    </div>
  );
}

function List({ title, lines }: { readonly title: string; readonly lines: readonly string[] }) {
  return (
    <section aria-label={title}>
      <div className={styles.title}>{title}</div>
      <ul className={styles.lines}>
        {lines.map((line) => (
          <li key={line}>{line}</li>
        ))}
      </ul>
    </section>
  );
}
