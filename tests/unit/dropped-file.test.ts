import { expect, it } from 'vitest'
import { importableFile } from '../../renderer/components/dropped-file.ts'

it.each([
  [['clients.csv'], 'clients.csv'],
  [['Clients.XLSX'], 'Clients.XLSX'],
  [['photo.png', 'list.tsv', 'other.csv'], 'list.tsv'],
  [['clients.csv.zip'], null],
  [['clients.xls'], null],
  [['csv'], null],
  [[], null],
])('of %j the import opens %s', (names, expected) => {
  expect(importableFile(names.map((name) => ({ name })))?.name ?? null).toBe(expected)
})
