import { type OwnedSession, openSession } from '#electron/store/sqlite/connection.ts'

/** Where a transaction waits: before it begins, or on disk but before it returns. */
export type HoldingPoint = 'before' | 'after'

/** A session whose transactions the test can hold, fail and cut off at an exact moment. */
export interface HeldSession extends OwnedSession {
  /** The number of transactions begun so far. */
  readonly turns: number
  /** Whether a transaction runs and is not held. */
  readonly isBusy: boolean
  readonly isHeld: boolean
  /** Whether the last transaction failed. */
  readonly isInTrouble: boolean
  /** The next transaction waits at this point until it is released. */
  holdNext(where: HoldingPoint): void
  letGo(): void
  /** The next transaction fails at its n-th statement, or at its commit when it has fewer. */
  failNext(statement: number): void
  /** The session's process is dead: held transactions never end, and none begins. */
  die(): Promise<void>
}

export interface Watcher {
  /** A transaction is requested. */
  onTurn(): void
  /** The transaction is on disk, and its caller does not know it yet. */
  onCommit(session: OwnedSession): Promise<void>
}

/** A place where the next transaction can be made to wait. */
function createHold(setBusy: (isBusy: boolean) => void) {
  let holdAt: HoldingPoint | null = null
  let held: PromiseWithResolvers<void> | null = null
  return {
    isHeld: () => held !== null,
    next(where: HoldingPoint): void {
      holdAt = where
    },
    async pass(where: HoldingPoint): Promise<void> {
      if (holdAt !== where) return
      holdAt = null
      held = Promise.withResolvers()
      setBusy(false)
      await held.promise
      setBusy(true)
    },
    letGo(): void {
      holdAt = null
      if (held !== null) setBusy(true)
      held?.resolve()
      held = null
    },
  }
}

/** A session whose next transaction can be made to fail at an exact statement. */
function createFault(session: OwnedSession) {
  let statementsLeft: number | null = null
  let isInTrouble = false
  return {
    isInTrouble: () => isInTrouble,
    /** Fails the next transaction at its n-th statement, or at its commit. */
    next(statement: number): void {
      statementsLeft = statement
    },
    counted<Result>(ask: () => Promise<Result>): Promise<Result> {
      if (statementsLeft === 0) return Promise.reject(new Error('disk I/O error, as the test wants it'))
      if (statementsLeft !== null) statementsLeft -= 1
      return ask()
    },
    async attempt<Result>(work: (last: string[]) => Promise<Result>, first?: readonly string[]): Promise<Result> {
      const isFailing = statementsLeft !== null
      try {
        const result = await session.transaction(async (last) => {
          const value = await work(last)
          if (isFailing) last.push('INSERT INTO no_such_table VALUES (1)')
          return value
        }, first)
        isInTrouble = false
        return result
      } catch (error) {
        isInTrouble = true
        throw error
      } finally {
        if (isFailing) statementsLeft = null
      }
    },
  }
}

/** Opens a session of this kind on a store's file. */
export async function openHeldSession(file: string, { onTurn, onCommit }: Watcher): Promise<HeldSession> {
  const session = await openSession(file)
  // Only processes die here, not the machine, so no write needs to reach the disk.
  await session.exec('PRAGMA synchronous = OFF')
  let turns = 0
  let isBusy = false
  let isDead = false
  const hold = createHold((busy) => {
    isBusy = busy
  })
  const fault = createFault(session)

  async function gate(where: HoldingPoint): Promise<void> {
    await hold.pass(where)
    if (isDead) await new Promise<never>(() => undefined)
  }

  return {
    all: (sql, values) => fault.counted(() => session.all(sql, values)),
    first: (sql, values) => fault.counted(() => session.first(sql, values)),
    run: (sql, values) => fault.counted(() => session.run(sql, values)),
    exec: (sql) => fault.counted(() => session.exec(sql)),
    interrupt: session.interrupt,
    close: session.close,
    get turns() {
      return turns
    },
    get isBusy() {
      return isBusy
    },
    get isHeld() {
      return hold.isHeld()
    },
    get isInTrouble() {
      return fault.isInTrouble()
    },
    async transaction(work, first) {
      turns += 1
      isBusy = true
      onTurn()
      try {
        await gate('before')
        const result = await fault.attempt(work, first)
        await onCommit(session)
        await gate('after')
        return result
      } finally {
        isBusy = false
      }
    },
    holdNext: hold.next,
    letGo: hold.letGo,
    failNext: fault.next,
    async die() {
      isDead = true
      hold.letGo()
      isBusy = false
      await session.close()
    },
  }
}
