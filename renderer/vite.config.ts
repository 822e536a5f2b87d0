import { fileURLToPath } from 'node:url'
import react from '@vitejs/plugin-react'
import mantinePreset from 'postcss-preset-mantine'
import simpleVars from 'postcss-simple-vars'
import type { Plugin, UserConfig } from 'vite'

const webHost = process.env.HERALD_WEB_URL
/** What lets a developer's server in at the web host: the host's own origin, and its token where one was chosen. */
const token = process.env.HERALD_WEB_TOKEN
const pass = { origin: webHost ?? '', ...(token === undefined ? {} : { authorization: `Bearer ${token}` }) }

/** Test runners set NODE_ENV to a name of their own, and React built under it is the slow one with all its checks. */
const builtForUse: Plugin = {
  name: 'built-for-use',
  config(_config, { command }) {
    if (command === 'build') process.env.NODE_ENV = 'production'
  },
}

/** How the console is built, alone or as the renderer of the desktop app. Relative addresses: both hosts may serve it from anywhere. */
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
    // Nothing may arrive as a data: address: the strict content policy of both hosts would refuse fonts and scripts in it.
    assetsInlineLimit: 0,
    // What many screens need travels together: each of a hundred small files costs the first screen milliseconds of its own.
    rolldownOptions: { output: { codeSplitting: { groups: [{ name: 'shared', minShareCount: 5 }] } } },
  },
  ...(webHost === undefined
    ? {}
    : { server: { proxy: { '/rpc': { target: webHost, changeOrigin: true, headers: pass } } } }),
}

export default rendererConfig
