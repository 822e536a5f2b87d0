import { randomUUID } from 'node:crypto'
import { openAsBlob, rmSync } from 'node:fs'
import { mkdir, open, rm } from 'node:fs/promises'
import type { IncomingMessage } from 'node:http'
import { join } from 'node:path'
import { unavailableBy } from '../api/failures.ts'
import { importLimitBytes } from '../base/call-limits.ts'
import { HttpError, invalidInput } from './answers.ts'
import { limitedChunks, parseForm, readBody } from './request-body.ts'

/**
 * Runs `work` with the file in a request: the first file of a form, or the body itself. A body is stored on disk until `work` is done,
 * because it may be too large for the memory. Throws a 413 when it exceeds the limit for files.
 */
export async function withFileOf<Result>(
  request: IncomingMessage,
  uploadsDir: string,
  work: (file: File) => Promise<Result>,
): Promise<Result> {
  const contentType = request.headers['content-type'] ?? ''
  if (contentType.startsWith('multipart/form-data')) {
    const form = await parseForm(await readBody(request, importLimitBytes), contentType)
    const file = [...form.values()].find((value) => value instanceof File)
    if (file === undefined) throw invalidInput([{ path: '', code: 'form_without_file' }])
    return work(file)
  }
  const path = join(uploadsDir, randomUUID())
  try {
    await saveBody(request, uploadsDir, path)
    return await work(new File([await openAsBlob(path)], 'clients.csv'))
  } finally {
    await rm(path, { force: true })
  }
}

/** Deletes the files that a killed program left behind. */
export function clearUploads(uploadsDir: string): void {
  rmSync(uploadsDir, { recursive: true, force: true })
}

async function saveBody(request: IncomingMessage, uploadsDir: string, path: string): Promise<void> {
  try {
    await mkdir(uploadsDir, { recursive: true, mode: 0o700 })
    const file = await open(path, 'wx', 0o600)
    try {
      for await (const chunk of limitedChunks(request, importLimitBytes)) await file.write(chunk)
    } finally {
      await file.close()
    }
  } catch (error) {
    const unavailable = unavailableBy(error)
    if (unavailable === null) throw error
    throw new HttpError(unavailable.status, unavailable.code, unavailable.message, { data: unavailable.data })
  }
}
