import { ActionIcon, Tooltip } from '@mantine/core';
import { Ban, Replace } from 'lucide-react';
import { commandOf } from '../app/commands';
import { withKeys } from '../app/keys';
import { t } from '../strings/strings';

/** What is done with a block as a whole, beside its name: another kind, left out of the network or not. */
export function BlockButtons({ bypassed }: { readonly bypassed: boolean }) {
  const [change, bypass] = [commandOf('edit.changeBlock'), commandOf('edit.bypass')];
  const name = t(bypassed ? 'canvas.takeIn' : 'canvas.bypass');
  return (
    <>
      <Tooltip label={withKeys(change.label, 'edit.changeBlock')}>
        <ActionIcon aria-label={change.label} onClick={change.run}>
          <Replace size={14} />
        </ActionIcon>
      </Tooltip>
      <Tooltip label={withKeys(name, 'edit.bypass')}>
        <ActionIcon
          aria-label={t('canvas.bypass')}
          aria-pressed={bypassed}
          variant={bypassed ? 'light' : 'subtle'}
          onClick={bypass.run}
        >
          <Ban size={14} />
        </ActionIcon>
      </Tooltip>
    </>
  );
}
