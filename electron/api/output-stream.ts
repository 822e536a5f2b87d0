import type { AnyContractProcedure } from '@orpc/contract'

type Events = AsyncIteratorObject<unknown, unknown, void>

/** The output of a call with the stream in it replaced by `wrap`: events, or the bytes of a file. Returns other outputs unchanged. */
export function mapStream<Output>(output: Output, wrap: (stream: Events) => Events): Output {
  if (isEvents(output)) return wrap(output) as Output
  return isFile(output) ? { ...output, body: streamOf(wrap(output.body.values())) } : output
}

/** A stream that reads from `chunks` only when its reader asks, so that a slow reader slows the writer. */
export function streamOf<Chunk>(chunks: AsyncIterator<Chunk, unknown, void>): ReadableStream<Chunk> {
  return new ReadableStream<Chunk>(
    {
      async pull(controller) {
        const result = await chunks.next()
        if (result.done === true) controller.close()
        else controller.enqueue(result.value)
      },
      async cancel() {
        await chunks.return?.()
      },
    },
    { highWaterMark: 0 },
  )
}

function isEvents(output: unknown): output is Events {
  return typeof output === 'object' && output !== null && Symbol.asyncIterator in output && 'next' in output
}

function isFile(output: unknown): output is { readonly body: ReadableStream } {
  return typeof output === 'object' && output !== null && 'body' in output && output.body instanceof ReadableStream
}

/** A filter for handlers of RPC, which cannot carry the bytes of a file: REST serves those calls. */
export function isCarriedByRpc({ contract }: { readonly contract: AnyContractProcedure }): boolean {
  return contract['~orpc'].route.outputStructure !== 'detailed'
}
