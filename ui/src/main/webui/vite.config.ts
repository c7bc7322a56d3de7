/// <reference types="vitest/config" />
import { cpSync, createReadStream, existsSync } from 'node:fs';
import { join } from 'node:path';
import react from '@vitejs/plugin-react';
import { defineConfig, type Plugin } from 'vite';
import { mockApi } from './mock/api';

/** Where a running suite answers; without it, `npm run dev` answers from mock/. */
const suite = process.env.BAIGONG_URL;

/** What PDF.js reads at run time: character maps of Chinese fonts, fonts that a PDF may leave out, image decoders. */
function pdfResources(): Plugin {
  const source = join(import.meta.dirname, 'node_modules/pdfjs-dist');
  const folders = ['cmaps', 'standard_fonts', 'wasm', 'iccs'];
  return {
    name: 'pdf-resources',
    configureServer(server) {
      server.middlewares.use('/pdfjs', (request, response, next) => {
        const file = join(source, (request.url ?? '').split('?')[0] ?? '');
        if (file.startsWith(source) && existsSync(file)) {
          createReadStream(file).pipe(response);
        } else {
          next();
        }
      });
    },
    writeBundle(options) {
      for (const folder of folders) {
        cpSync(join(source, folder), join(options.dir ?? 'dist', 'pdfjs', folder), { recursive: true });
      }
    },
  };
}

export default defineConfig({
  plugins: [react(), pdfResources(), ...(suite ? [] : [mockApi()])],
  server: {
    host: '127.0.0.1',
    port: 5173,
    ...(suite ? { proxy: { '/api': suite } } : {}),
  },
  build: {
    target: 'es2022',
    chunkSizeWarningLimit: 1500,
  },
  test: { environment: 'jsdom', setupFiles: 'src/test-setup.ts', restoreMocks: true, testTimeout: 30_000 },
});
