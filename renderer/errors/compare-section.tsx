import { Button, Loader, Menu } from '@mantine/core';
import { ChevronDown } from 'lucide-react';
import { useEffect, useRef } from 'react';
import panel from '../app/panel.module.css';
import { builtinSets } from '../data/builtin-sets';
import type { Message } from '../state/messages';
import { t } from '../strings/strings';
import { compareWithFiles } from './compare-with-files';
import styles from './errors-panel.module.css';
import { cancelComparison, compareWith, dismissRefusal, useErrors } from './errors-store';

/** Measures the model on data that it was not trained for: an autoencoder is specific to its data. */
export function CompareSection() {
  const measuring = useErrors((state) => state.measuring);
  const refusal = useErrors((state) => state.refusal);
  if (measuring !== null) {
    return (
      <div className={styles.measuring}>
        <Loader size={12} />
        <span className={styles.grow} role="status">
          {t('errors.compare.measuring', { data: measuring })}
        </span>
        <Button variant="subtle" onClick={cancelComparison}>
          {t('errors.compare.cancel')}
        </Button>
      </div>
    );
  }
  return (
    <>
      <Menu position="bottom-start" shadow="md">
        <Menu.Target>
          <Button variant="default" rightSection={<ChevronDown size={12} />} title={t('errors.compare.help')}>
            {t('errors.compare.title')}
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          {Object.values(builtinSets).map(({ label, reference }) => (
            <Menu.Item key={label} onClick={() => void compareWith(label, async () => reference)}>
              {label}
            </Menu.Item>
          ))}
          <Menu.Divider />
          <Menu.Item onClick={() => void compareWithFiles()}>{t('errors.compare.files')}</Menu.Item>
        </Menu.Dropdown>
      </Menu>
      {refusal && <Refusal refusal={refusal} />}
    </>
  );
}

function Refusal({ refusal }: { readonly refusal: Message }) {
  const place = useRef<HTMLDivElement>(null);
  useEffect(() => {
    place.current?.scrollIntoView({ block: 'nearest' });
  }, []);
  return (
    <div ref={place} className={panel.failure} role="alert">
      <p>{refusal.message}</p>
      {refusal.hint && <p className={styles.note}>{refusal.hint}</p>}
      <Button variant="subtle" onClick={dismissRefusal}>
        {t('errors.compare.dismiss')}
      </Button>
    </div>
  );
}
