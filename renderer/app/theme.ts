import {
  ActionIcon,
  Badge,
  Button,
  Checkbox,
  type CSSVariablesResolver,
  createTheme,
  Input,
  Menu,
  Modal,
  NumberInput,
  SegmentedControl,
  Select,
  Slider,
  Switch,
  Tabs,
  TextInput,
  Tooltip,
} from '@mantine/core';
import { t } from '../strings/strings';

/** Dense, desktop-like: every control is small unless it says otherwise. */
export const theme = createTheme({
  fontFamily: 'var(--hg-font)',
  fontFamilyMonospace: 'var(--hg-mono)',
  fontSizes: { xs: 'var(--hg-type-body)', sm: 'var(--hg-type-lead)' },
  spacing: { xs: 'var(--hg-space-3)', sm: 'var(--hg-space-5)' },
  defaultRadius: 4,
  cursorType: 'pointer',
  // From text to ground: the window's own blue-greys instead of Mantine's neutral ones.
  colors: {
    dark: [
      '#e3e9f0',
      '#b8c3ce',
      '#9dabba',
      '#8391a0',
      '#3d4a59',
      '#2c3642',
      '#1f2731',
      '#171d25',
      '#12171e',
      '#0d1116',
    ],
  },
  primaryColor: 'blue',
  // The lightest that white letters can be read on (WCAG AA).
  primaryShade: 8,
  components: {
    ActionIcon: ActionIcon.extend({ defaultProps: { size: 24, variant: 'subtle', color: 'gray' } }),
    Badge: Badge.extend({ defaultProps: { size: 'xs', variant: 'light', radius: 3 } }),
    Button: Button.extend({ defaultProps: { size: 'compact-xs' } }),
    Checkbox: Checkbox.extend({ defaultProps: { size: 'xs' } }),
    InputWrapper: Input.Wrapper.extend({ defaultProps: { size: 'xs' } }),
    // The element that has the focus before any item has is none that a menu may hold (ARIA).
    Menu: Menu.extend({ defaultProps: { withInitialFocusPlaceholder: false } }),
    Modal: Modal.extend({
      defaultProps: { padding: 'sm', closeButtonProps: { size: 24, 'aria-label': t('app.close') } },
    }),
    NumberInput: NumberInput.extend({ defaultProps: { size: 'xs', hideControls: true } }),
    SegmentedControl: SegmentedControl.extend({ defaultProps: { size: 'xs' } }),
    Select: Select.extend({
      defaultProps: {
        size: 'xs',
        allowDeselect: false,
        // A list that is closed is not in the page: in a long drawing those of the inspector have hundreds of entries.
        comboboxProps: { shadow: 'md', keepMounted: false },
        checkIconPosition: 'right',
        rightSectionWidth: 22,
      },
    }),
    Slider: Slider.extend({ defaultProps: { size: 'xs' } }),
    Switch: Switch.extend({ defaultProps: { size: 'xs' } }),
    Tabs: Tabs.extend({ defaultProps: { radius: 0 } }),
    TextInput: TextInput.extend({ defaultProps: { size: 'xs' } }),
    Tooltip: Tooltip.extend({
      defaultProps: { openDelay: 350, withArrow: true, multiline: true, maw: 320, fz: 'xs' },
    }),
  },
});

/** Mantine's surfaces take the window's colours, so that both are one design. */
export const cssVariables: CSSVariablesResolver = () => {
  const shared = {
    '--mantine-color-body': 'var(--hg-panel)',
    '--mantine-color-text': 'var(--hg-text)',
    '--mantine-color-dimmed': 'var(--hg-soft)',
    '--mantine-color-default': 'var(--hg-raised)',
    '--mantine-color-default-border': 'var(--hg-line)',
    '--mantine-color-placeholder': 'var(--hg-faint)',
    '--mantine-color-error': 'var(--hg-problem)',
  };
  return { variables: {}, light: shared, dark: shared };
};
