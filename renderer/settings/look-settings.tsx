import { SegmentedControl, useMantineColorScheme } from '@mantine/core';
import { settingsSchema } from '../../shared/settings/settings';
import { t } from '../strings/strings';
import { Setting } from './setting';
import { changeSettings, useSettings } from './settings-store';

/** Colours and motion. */
export function LookSettings() {
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  const motion = useSettings((state) => state.settings.motion);
  return (
    <>
      <Setting label={t('settings.looks.theme')} help={t('settings.looks.themeHelp')}>
        {() => (
          <SegmentedControl
            aria-label={t('settings.looks.theme')}
            data={[
              { value: 'auto', label: t('settings.looks.system') },
              { value: 'dark', label: t('settings.looks.dark') },
              { value: 'light', label: t('settings.looks.light') },
            ]}
            value={colorScheme}
            onChange={(value) => {
              if (value === 'auto' || value === 'dark' || value === 'light') setColorScheme(value);
            }}
          />
        )}
      </Setting>
      <Setting label={t('settings.looks.motion')} help={t('settings.looks.motionHelp')}>
        {() => (
          <SegmentedControl
            aria-label={t('settings.looks.motion')}
            data={[
              { value: 'system', label: t('settings.looks.system') },
              { value: 'on', label: t('settings.looks.on') },
              { value: 'off', label: t('settings.looks.off') },
            ]}
            value={motion}
            onChange={(value) => {
              const parsed = settingsSchema.shape.motion.safeParse(value);
              if (parsed.success) void changeSettings({ motion: parsed.data });
            }}
          />
        )}
      </Setting>
    </>
  );
}
