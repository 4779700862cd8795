import './app/zod-without-eval';
import '@mantine/core/styles.css';
import './app/window.css';
import { localStorageColorSchemeManager, MantineProvider } from '@mantine/core';
import { createRoot } from 'react-dom/client';
import { App } from './app/app';
import { applyStoredScheme, schemeKey } from './app/color-scheme';
import { cssVariables, theme } from './app/theme';

applyStoredScheme();
const root = document.getElementById('root');
if (!root) throw new Error('index.html has no element “root”.');
createRoot(root).render(
  <MantineProvider
    theme={theme}
    cssVariablesResolver={cssVariables}
    defaultColorScheme="auto"
    colorSchemeManager={localStorageColorSchemeManager({ key: schemeKey })}
  >
    <App />
  </MantineProvider>,
);
