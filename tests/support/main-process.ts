import type * as ElectronModule from 'electron'

/** Electron from within a main process. Of the stand-in's only as much is there as the program and the tests use. */
export type Electron = typeof ElectronModule

/** A running main process that a test reaches into: that of the real Electron, or that over the stand-in. */
export interface MainProcess {
  /**
   * Runs a function there. It travels as its text, so that it may use nothing but what it is given, and what goes in and comes out is
   * copied. Rejects when the process ends before it is done.
   */
  evaluate<Result, Given>(
    act: (electron: Electron, given: Given) => Result | Promise<Result>,
    given: Given,
  ): Promise<Result>
}
