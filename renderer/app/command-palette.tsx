import '@mantine/spotlight/styles.css';
import { Modal } from '@mantine/core';
import { Spotlight, useSpotlight } from '@mantine/spotlight';
import { Search } from 'lucide-react';
import { useState } from 'react';
import { useOfferedFiles } from '../files/offered-files';
import { t } from '../strings/strings';
import styles from './command-palette.module.css';
import { palette, paletteStore } from './command-palette-store';
import { type PaletteEntry, paletteEntries } from './palette-entries';
import { matching } from './word-match';

/** Milliseconds until the focus is back where it was: what a command opens then keeps it. */
const FOCUS_RETURNS = 40;

/** Everything the window can do, found by typing. */
export function CommandPalette() {
  const [typed, setTyped] = useState('');
  return (
    <Spotlight.Root
      store={paletteStore}
      query={typed}
      onQueryChange={setTyped}
      shortcut={null}
      size={560}
      yOffset={64}
      scrollable
      maxHeight={420}
      transitionProps={{ duration: 0 }}
      overlayProps={{ backgroundOpacity: 0.3, blur: 0 }}
    >
      <Modal.Title className={styles.unseen}>{t('palette.title')}</Modal.Title>
      <Spotlight.Search
        size="sm"
        aria-label={t('palette.search')}
        placeholder={t('palette.search')}
        leftSection={<Search size={15} />}
      />
      <Entries typed={typed} />
    </Spotlight.Root>
  );
}

/** Mounted while the palette is open, so that it shows what can be done then. */
function Entries({ typed }: { readonly typed: string }) {
  // What is offered is asked for when the palette opens.
  useOfferedFiles();
  const entries = matching(typed, paletteEntries(typed), ({ label, about }) => ({ name: label, about }));
  const groups = [...new Set(entries.map(({ group }) => group))];
  const { selected } = useSpotlight(paletteStore);
  const inOrder = groups.flatMap((group) => entries.filter((entry) => entry.group === group));
  if (entries.length === 0) {
    return <Spotlight.Empty className={styles.empty}>{t('palette.nothing', { typed })}</Spotlight.Empty>;
  }
  return (
    <Spotlight.ActionsList className={styles.list}>
      <span className={styles.unseen} role="status">
        {inOrder[selected]?.label}
      </span>
      {groups.map((group) => (
        <Spotlight.ActionsGroup key={group} label={group} className={styles.group}>
          {inOrder
            .filter((entry) => entry.group === group)
            .map((entry) => (
              <Entry key={entry.id} entry={entry} />
            ))}
        </Spotlight.ActionsGroup>
      ))}
    </Spotlight.ActionsList>
  );
}

function Entry({ entry: { label, about, keys, refusal, run } }: { readonly entry: PaletteEntry }) {
  const choose = () => {
    if (refusal !== null) return;
    palette.close();
    window.setTimeout(run, FOCUS_RETURNS);
  };
  return (
    <Spotlight.Action
      className={styles.action}
      aria-disabled={refusal !== null}
      title={refusal ?? undefined}
      closeSpotlightOnTrigger={false}
      onClick={choose}
    >
      <span className={styles.label}>{label}</span>
      <span className={styles.about}>{refusal ?? about}</span>
      {keys !== '' && <kbd className={styles.keys}>{keys}</kbd>}
    </Spotlight.Action>
  );
}
