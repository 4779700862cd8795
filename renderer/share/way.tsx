import type { ReactNode } from 'react';
import styles from './share-dialog.module.css';

interface WayProps {
  readonly icon: ReactNode;
  readonly title: string;
  readonly about: string;
  readonly action: ReactNode;
  readonly children?: ReactNode;
}

/** One way to give a drawing away. */
export function Way({ icon, title, about, action, children }: WayProps) {
  return (
    <section className={styles.way} aria-label={title}>
      <span className={styles.icon} aria-hidden="true">
        {icon}
      </span>
      <div className={styles.words}>
        <div className={styles.title}>{title}</div>
        <div className={styles.about}>{about}</div>
        {children}
      </div>
      <div className={styles.action}>{action}</div>
    </section>
  );
}
