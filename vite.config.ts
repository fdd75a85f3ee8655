import { vitePlugin as remix } from '@remix-run/dev';
import type {} from '@remix-run/node';
import tailwindcss from '@tailwindcss/vite';
import { defineConfig } from 'vite';

// All v3 flags from the first day: moving to React Router later stays a codemod.
declare module '@remix-run/node' {
  interface Future {
    v3_singleFetch: true;
  }
}

export default defineConfig({
  build: { sourcemap: false },
  // `npm run dev`: Vite meets it when it looks through routes, whose server half is taken out only later.
  optimizeDeps: { exclude: ['sequelize'] },
  plugins: [
    tailwindcss(),
    remix({
      appDirectory: 'app',
      buildDirectory: 'build',
      serverBuildFile: 'index.js',
      serverModuleFormat: 'esm',
      future: {
        v3_fetcherPersist: true,
        v3_relativeSplatPath: true,
        v3_throwAbortReason: true,
        v3_singleFetch: true,
        v3_lazyRouteDiscovery: true,
        v3_routeConfig: true,
      },
    }),
  ],
});
