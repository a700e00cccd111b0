import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

/** Builds the administrators' console (`web/`) into `web-dist/`, which the server of this folder serves. */
export default defineConfig({
  root: import.meta.dirname,
  base: '/assets/console/',
  plugins: [react()],
  build: {
    outDir: 'web-dist',
    emptyOutDir: true,
    manifest: true,
    // A file inlined as a `data:` address would need a wider policy.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 1200,
    rollupOptions: { input: 'web/main.tsx' },
  },
});
