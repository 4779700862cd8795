import { Tooltip } from '@mantine/core';
import { t } from '../strings/strings';
import { healthSentence } from './code-health';
import styles from './code-health-badge.module.css';
import { useCodeHealth } from './code-health-store';

/** On the upper edge of the code's block: how many of its values the last run left idle. */
export function CodeHealthBadge({ top }: { readonly top: number }) {
  const health = useCodeHealth();
  const sentence = health && healthSentence(health);
  if (!health || !sentence) return null;
  return (
    <Tooltip label={`${sentence} ${t('codes.health.where')}`}>
      <span className={styles.badge} style={{ top }} role="img" aria-label={sentence}>
        {t('codes.health.badge', { count: health.idle.length })}
      </span>
    </Tooltip>
  );
}
