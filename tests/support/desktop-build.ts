import { join } from 'node:path'
import { resolveConfig } from 'electron-vite'
import { build, mergeConfig } from 'vite'

/** Builds the main process, its jobs and the preload as `npm run build` does, into `folder/main` and `folder/preload`. */
export async function buildDesktop(folder: string): Promise<void> {
  const { config } = await resolveConfig({ logLevel: 'silent' }, 'build', 'production')
  for (const part of ['main', 'preload'] as const) {
    await build(mergeConfig(config?.[part] ?? {}, { build: { outDir: join(folder, part), emptyOutDir: true } }))
  }
}
