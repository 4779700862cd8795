import { ActionIcon, Button, Switch, TextInput, Tooltip } from '@mantine/core';
import { RotateCcw } from 'lucide-react';
import { useEffect, useState } from 'react';
import { askForFile } from '../files/file-dialogs';
import { useSession } from '../state/session-store';
import { t } from '../strings/strings';
import { Setting } from './setting';
import styles from './settings-dialog.module.css';
import { changeSettings, useSettings } from './settings-store';

/** Where things are kept, and what a window begins with. */
export function FileSettings() {
  const host = useSession((state) => state.host);
  const startScreen = useSettings((state) => state.settings.startScreen);
  return (
    <>
      <FolderSetting name="runsFolder" usual={host?.dataFolder ?? ''} />
      <FolderSetting name="filesFolder" usual={host?.home ?? ''} />
      <Setting label={t('settings.files.start')} help={t('settings.files.startHelp')}>
        {({ id, helpId }) => (
          <Switch
            id={id}
            aria-describedby={helpId}
            pt={4}
            checked={startScreen}
            onChange={(event) => void changeSettings({ startScreen: event.currentTarget.checked })}
          />
        )}
      </Setting>
    </>
  );
}

interface FolderSettingProps {
  readonly name: 'runsFolder' | 'filesFolder';
  /** What it is where nothing was chosen. */
  readonly usual: string;
}

function FolderSetting({ name, usual }: FolderSettingProps) {
  const chosen = useSettings((state) => state.settings[name]);
  const [draft, setDraft] = useState(chosen ?? '');
  useEffect(() => setDraft(chosen ?? ''), [chosen]);
  const title = t(`settings.files.${name}`);
  const change = async (folder: string | null) => {
    if (folder === chosen) return;
    // What is no folder is refused with a sentence, and the field goes back.
    if (!(await changeSettings({ [name]: folder }))) setDraft(chosen ?? '');
  };
  const choose = async () => {
    const answer = await askForFile({ title, purpose: 'folder', endings: [], folder: chosen ?? usual });
    if (answer) await change(answer.path);
  };
  return (
    <Setting label={title} help={t(`settings.files.${name}Help`)}>
      {({ id, helpId }) => (
        <div className={styles.row}>
          <TextInput
            id={id}
            aria-describedby={helpId}
            className={styles.grow}
            placeholder={usual}
            value={draft}
            onChange={(event) => setDraft(event.currentTarget.value)}
            onBlur={() => void change(draft.trim() || null)}
            onKeyDown={(event) => event.key === 'Enter' && void change(draft.trim() || null)}
          />
          <Button
            size="xs"
            variant="default"
            aria-label={t('settings.files.chooseOf', { title })}
            onClick={() => void choose()}
          >
            {t('settings.files.choose')}
          </Button>
          <Tooltip label={t('settings.usual')}>
            <ActionIcon
              aria-label={`${title}: ${t('settings.usual')}`}
              disabled={chosen === null}
              onClick={() => void change(null)}
            >
              <RotateCcw size={14} />
            </ActionIcon>
          </Tooltip>
        </div>
      )}
    </Setting>
  );
}
