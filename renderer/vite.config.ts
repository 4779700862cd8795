import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

export default defineConfig({
  root: import.meta.dirname,
  // Relative, so that the window can be served from any path and, later, from Electron's own scheme.
  base: './',
  plugins: [react()],
  build: {
    outDir: '../dist/window',
    emptyOutDir: true,
    // The policy allows scripts from the window's own origin only: nothing may be put inline, as data: URLs would be.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 2000,
  },
});
