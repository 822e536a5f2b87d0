import type * as electron from 'electron'

/** Electron as its main process has it. It is passed in, so that tests run the desktop host in plain Node. */
export type Electron = typeof electron
