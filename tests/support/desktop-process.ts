import type { ContractRouterClient } from '@orpc/contract'
import type { Page } from '@playwright/test'
import type { Electron } from '#electron/desktop/electron-api.ts'
import type { Contract } from '#shared/contract/index.ts'

/** A running main process that a test calls into, on the real Electron or on the stand-in. */
export interface MainProcess {
  /**
   * Runs a function there. It travels as text, so it can use only its arguments; arguments and result are copied. Of the
   * stand-in, only what the program and the tests use exists. Rejects if the process ends first.
   */
  evaluate<Result, Given>(
    act: (electron: Electron, given: Given) => Result | Promise<Result>,
    given: Given,
  ): Promise<Result>
}

/** One process of the built desktop program, with its window. */
export interface DesktopProcess extends MainProcess {
  readonly pid: number
  /** Its exit code; null if it was killed. */
  readonly ended: Promise<number | null>
  /** Whether it asked to be restarted. Known once it has ended. */
  readonly wantsRestart: () => boolean
  /** The contract, called the way the process's window calls it. */
  readonly client: ContractRouterClient<Contract>
  /** The page of the open window; rejects if there is none. */
  page(): Promise<Page>
  /** Crashes the page's process. */
  crashPage(): Promise<void>
  kill(): void
}

/** Starts processes of the built program, one at a time, on one kind of Electron. */
export interface DesktopRuntime {
  /** The address under which pages find the console. */
  readonly link: string
  /** Starts a process; resolves once its window has the console. */
  start(): Promise<DesktopProcess>
  /** Starts a second process beside the running one; resolves with its exit code. */
  startSecond(): Promise<number | null>
}
