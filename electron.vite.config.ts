import { readdirSync } from 'node:fs'
import { basename, join } from 'node:path'
import { defineConfig } from 'electron-vite'
import { rendererConfig } from './renderer/vite.config.ts'

const root = import.meta.dirname
const jobsFolder = join(root, 'electron/scheduler/jobs')

/** Worker threads load their entry by path, so each is an entry of the build: out/main/jobs/*.js. */
const jobs = Object.fromEntries(
  readdirSync(jobsFolder)
    .filter((file) => file.endsWith('.ts'))
    .map((file) => [`jobs/${basename(file, '.ts')}`, join(jobsFolder, file)]),
)

export default defineConfig({
  main: {
    build: {
      // What stands in `dependencies` stays outside of the bundle, the native module among it.
      externalizeDeps: true,
      outDir: join(root, 'out/main'),
      rolldownOptions: {
        input: { main: join(root, 'electron/desktop/main.ts'), ...jobs },
        output: { format: 'es', entryFileNames: '[name].js', chunkFileNames: 'chunks/[name]-[hash].js' },
      },
    },
  },
  preload: {
    build: {
      // A sandboxed preload can load neither ES modules nor packages: one CommonJS file with everything in it.
      externalizeDeps: false,
      outDir: join(root, 'out/preload'),
      rolldownOptions: {
        input: { preload: join(root, 'electron/preload/preload.ts') },
        output: { format: 'cjs', entryFileNames: '[name].cjs' },
      },
    },
  },
  renderer: {
    ...rendererConfig,
    build: {
      ...rendererConfig.build,
      minify: true,
      rolldownOptions: { ...rendererConfig.build?.rolldownOptions, input: join(root, 'renderer/index.html') },
    },
  },
})
