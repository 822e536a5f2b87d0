import type { TestStore } from './test-store.ts'

/** Returns everything that a change of the directory touches, in a fixed order, so that two states can be compared. */
export async function directoryPicture({ sql }: Pick<TestStore, 'sql'>) {
  const [clients, counts, found, unfinished] = await Promise.all([
    sql.all(
      `SELECT c.*, (SELECT group_concat(t.name ORDER BY t.name) FROM client_tags ct JOIN tags t ON t.id = ct.tagId WHERE ct.clientId = c.id) AS tags
       FROM clients c ORDER BY c.id`,
    ),
    sql.all(
      `SELECT kind, value, clients FROM client_counts WHERE clients > 0
       UNION ALL SELECT 'tag', name, clients FROM tags WHERE clients > 0 ORDER BY 1, 2`,
    ),
    sql.all('SELECT count(*) FROM client_search WHERE client_search MATCH ?', ['"790"']),
    sql.all(
      'SELECT (SELECT count(*) FROM imports) + (SELECT count(*) FROM import_created) + (SELECT count(*) FROM import_changed) AS rows',
    ),
  ])
  return { clients, counts, found, unfinished }
}
