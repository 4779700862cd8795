import { Tour } from '@mantine/core';
import { useEffect } from 'react';
import { type DockTab, showTab } from '../app/layout-store';
import { movingTime } from '../settings/motion';
import { t } from '../strings/strings';
import styles from './tour.module.css';
import { endTour, goToStep, useTour } from './tour-store';

interface Step {
  readonly name: 'palette' | 'canvas' | 'twin' | 'data' | 'train' | 'reconstructions' | 'codes';
  readonly target: string;
  readonly position: 'right' | 'top' | 'bottom' | 'left';
  /** The tab of the lower panel that the step is about. */
  readonly tab?: DockTab;
}

/** Over the real window; each step names what it points at by what that is called. */
const STEPS: readonly Step[] = [
  { name: 'palette', target: '[aria-label="Palette"]', position: 'right' },
  { name: 'canvas', target: '[aria-label="Drawing"]', position: 'bottom' },
  // A twin's id ends with a prime.
  { name: 'twin', target: '.react-flow__node[data-id$="′"]', position: 'left' },
  { name: 'data', target: '[aria-label="Lower panel"]', position: 'top', tab: 'data' },
  { name: 'train', target: '#dock-content button', position: 'top', tab: 'run' },
  { name: 'reconstructions', target: '[aria-label="Reconstructions"]', position: 'top', tab: 'run' },
  { name: 'codes', target: '[aria-label="Lower panel"]', position: 'top', tab: 'code' },
];

/** A walk through the window in a few steps: by arrow keys or buttons, ended by Escape at any of them. */
export function WindowTour() {
  const step = useTour((state) => state.step);
  const tab = step === null ? undefined : STEPS[step]?.tab;
  useEffect(() => {
    if (tab) showTab(tab);
  }, [tab]);
  return (
    <Tour
      active={step !== null}
      step={step ?? 0}
      onStepChange={goToStep}
      onClose={endTour}
      maxWidth={330}
      zIndex={300}
      spotlightPadding={3}
      overlayColor="rgb(0 0 0 / 42%)"
      transitionProps={{ duration: movingTime(120) }}
      stepTransitionDuration={movingTime(200)}
      classNames={{
        tooltip: styles.tooltip,
        title: styles.title,
        body: styles.body,
        stepCounter: styles.counter,
      }}
      labels={{
        skip: t('tour.leave'),
        back: t('tour.back'),
        next: t('tour.next'),
        close: t('tour.end'),
        stepCounter: (current, total) => t('tour.counter', { current, total }),
      }}
    >
      {STEPS.map(({ name, target, position }) => (
        <Tour.Step key={name} target={target} position={position} title={t(`tour.steps.${name}.title`)}>
          {t(`tour.steps.${name}.text`)}
        </Tour.Step>
      ))}
    </Tour>
  );
}
