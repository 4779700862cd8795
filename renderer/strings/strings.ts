import i18next from 'i18next';
import { english } from './english';

// Synchronous, so that a module may ask for a string while it is loaded.
void i18next.init({
  lng: 'en',
  resources: { en: { translation: english } },
  initAsync: false,
  interpolation: { escapeValue: false },
});

declare module 'i18next' {
  interface CustomTypeOptions {
    resources: { translation: typeof english };
  }
}

/** The string of this key, such as `t('runs.count', { count: 3 })`; the compiler knows all keys. */
export const t = i18next.t;
