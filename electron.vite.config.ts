import { readdirSync, readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { defineConfig } from 'electron-vite'
import type { Plugin } from 'vite'
import { rendererConfig } from './renderer/vite.config.ts'

const root = import.meta.dirname
const jobsFolder = join(root, 'electron/scheduler/jobs')

/** Worker threads load their entry by path, so each is an entry of the build: out/main/jobs/*.js. */
const jobs = Object.fromEntries(
  readdirSync(jobsFolder)
    .filter((file) => file.endsWith('.ts'))
    .map((file) => [`jobs/${basename(file, '.ts')}`, join(jobsFolder, file)]),
)

const imagesFolder = join(root, 'build/images')

/** Copies the images of the tray and the taskbar, which `npm run icons` draws: out/main/images/*.png. */
const copyImages: Plugin = {
  name: 'copy-images',
  generateBundle() {
    for (const file of readdirSync(imagesFolder))
      this.emitFile({ type: 'asset', fileName: `images/${file}`, source: readFileSync(join(imagesFolder, file)) })
  },
}

export default defineConfig({
  main: {
    plugins: [copyImages],
    build: {
      // Packages in `dependencies` stay outside the bundle, the native module among them.
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
      // A sandboxed preload can load neither ES modules nor packages, so it is one self-contained CommonJS file.
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
