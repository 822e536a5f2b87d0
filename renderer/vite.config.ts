import { fileURLToPath } from 'node:url'
import react from '@vitejs/plugin-react'
import mantinePreset from 'postcss-preset-mantine'
import simpleVars from 'postcss-simple-vars'
import type { Plugin, UserConfig } from 'vite'

const webHost = process.env.HERALD_WEB_URL
/** What authenticates the development server to the web host: its origin, and its token if there is one. */
const token = process.env.HERALD_WEB_TOKEN
const pass = { origin: webHost ?? '', ...(token === undefined ? {} : { authorization: `Bearer ${token}` }) }

/** Test runners set NODE_ENV to their own value, which would build the slow development version of React. */
const builtForUse: Plugin = {
  name: 'built-for-use',
  config(_config, { command }) {
    if (command === 'build') process.env.NODE_ENV = 'production'
  },
}

/**
 * How the console is built, alone or for the desktop app. URLs are relative, because both hosts may serve it from any
 * path.
 */
export const rendererConfig: UserConfig = {
  root: fileURLToPath(new URL('.', import.meta.url)),
  base: './',
  plugins: [builtForUse, react()],
  css: {
    postcss: {
      plugins: [
        mantinePreset(),
        simpleVars({
          variables: {
            'mantine-breakpoint-xs': '36em',
            'mantine-breakpoint-sm': '48em',
            'mantine-breakpoint-md': '62em',
            'mantine-breakpoint-lg': '75em',
            'mantine-breakpoint-xl': '88em',
          },
        }),
      ],
    },
  },
  build: {
    outDir: fileURLToPath(new URL('../out/renderer', import.meta.url)),
    emptyOutDir: true,
    target: 'es2023',
    // No data: URLs: the content security policy of both hosts refuses fonts and scripts in them.
    assetsInlineLimit: 0,
    // Code shared by many screens is one chunk: each of a hundred small files would cost milliseconds at the start.
    rolldownOptions: { output: { codeSplitting: { groups: [{ name: 'shared', minShareCount: 5 }] } } },
  },
  ...(webHost === undefined
    ? {}
    : { server: { proxy: { '/rpc': { target: webHost, changeOrigin: true, headers: pass } } } }),
}

export default rendererConfig
