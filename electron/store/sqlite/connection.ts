import sqlite3 from 'sqlite3'

/**
 * The only module that uses the SQLite driver. WAL with FULL sync: what was committed survives a power cut. The busy
 * timeout covers the longest single write of the other thread (the audience of a large delivery).
 */
const pragmas = `
  PRAGMA busy_timeout = 60000;
  PRAGMA foreign_keys = ON;
  PRAGMA synchronous = FULL;
  PRAGMA temp_store = MEMORY;
  PRAGMA cache_size = -32768;
  PRAGMA wal_autocheckpoint = 16000;
  PRAGMA journal_size_limit = 67108864;
`

/** sqlite3's `Database` with our pragmas on every connection; Sequelize opens its connections through it. */
export class PragmaDatabase extends sqlite3.Database {
  constructor(filename: string, mode: number, callback: (error: Error | null) => void) {
    super(filename, mode, (error) => {
      if (error !== null) callback(error)
      // A connection that cannot be used must not stay open.
      else this.exec(pragmas, (failure) => (failure === null ? callback(null) : this.close(() => callback(failure))))
    })
  }
}

/** The unmodified driver. */
export const PlainDatabase = sqlite3.Database

/** The driver that Sequelize uses. */
export const sqliteDriver = { ...sqlite3, Database: PragmaDatabase }

export type SqlValue = string | number | null

/** Raw SQL on one connection, for reading only. */
export interface ReadSession {
  all<Row>(sql: string, values?: readonly SqlValue[]): Promise<Row[]>
  first<Row>(sql: string, values?: readonly SqlValue[]): Promise<Row | undefined>
}

/** Raw SQL on one connection, inside a transaction that may change the store. */
export interface WriteSession extends ReadSession {
  /** Returns the number of rows that the statement changed, and the id of the last row that it inserted. */
  run(sql: string, values?: readonly SqlValue[]): Promise<{ readonly changes: number; readonly lastId: number }>
  exec(sql: string): Promise<void>
}

/** Returns the session of an open driver connection. */
export function sessionOn(database: sqlite3.Database): WriteSession {
  const session: WriteSession = {
    all: <Row>(sql: string, values: readonly SqlValue[] = []) =>
      new Promise<Row[]>((resolve, reject) => {
        database.all<Row>(sql, values, (error, rows) => (error === null ? resolve(rows) : reject(error)))
      }),
    first: async <Row>(sql: string, values: readonly SqlValue[] = []) => (await session.all<Row>(sql, values))[0],
    run: (sql, values = []) =>
      new Promise((resolve, reject) => {
        database.run(sql, values, function (error) {
          if (error === null) resolve({ changes: this.changes, lastId: this.lastID })
          else reject(error)
        })
      }),
    exec: (sql) =>
      new Promise((resolve, reject) => {
        database.exec(sql, (error) => (error === null ? resolve() : reject(error)))
      }),
  }
  return session
}

/** A session with its own connection. */
export interface OwnedSession extends WriteSession {
  /**
   * Runs `work` between BEGIN IMMEDIATE and COMMIT; any error rolls back and is thrown. One at a time. Statements in
   * `first` travel with the BEGIN, those that `work` adds to `last` with the COMMIT: each trip to the driver's thread
   * that is saved counts on the hot path.
   */
  transaction<Result>(work: (last: string[]) => Promise<Result>, first?: readonly string[]): Promise<Result>
  /** Interrupts the running statement, which then fails. */
  interrupt(): void
  close(): Promise<void>
}

/** Opens an existing file read-only. */
export function openForReading(file: string): Promise<OwnedSession> {
  return openSession(file, sqlite3.Database, sqlite3.OPEN_READONLY)
}

/** Opens a connection outside Sequelize: the sender's, and, without pragmas that would wait, that of the directory's lock. */
export async function openSession(
  file: string,
  Driver: typeof PragmaDatabase | typeof sqlite3.Database = PragmaDatabase,
  mode = sqlite3.OPEN_READWRITE | sqlite3.OPEN_CREATE,
): Promise<OwnedSession> {
  const database = await new Promise<sqlite3.Database>((resolve, reject) => {
    const opened: sqlite3.Database = new Driver(file, mode, (error) =>
      error === null ? resolve(opened) : reject(error),
    )
  })
  const session = sessionOn(database)
  return {
    ...session,
    transaction: async (work, first = []) => {
      try {
        await session.exec(['BEGIN IMMEDIATE', ...first].join(';\n'))
        const last: string[] = []
        const result = await work(last)
        await session.exec([...last, 'COMMIT'].join(';\n'))
        return result
      } catch (error) {
        // The connection may have rolled back already (as on a full disk); the first error is the one to report.
        await session.exec('ROLLBACK').catch(() => undefined)
        throw error
      }
    },
    interrupt: () => database.interrupt(),
    close: () =>
      new Promise((resolve, reject) => {
        database.close((error) => (error === null ? resolve() : reject(error)))
      }),
  }
}
