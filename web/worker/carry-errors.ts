import { type TransferHandler, transferHandlers } from 'comlink'
import { type PortableError, packError, unpackError } from '../../src/core/portable-error.ts'

interface Thrown {
  readonly value: unknown
}

/** Has what is thrown in a worker arrive in the page with its class; both sides call it before they talk. */
export function carryErrors(): void {
  const plain = transferHandlers.get('throw') as TransferHandler<Thrown, unknown>
  transferHandlers.set('throw', {
    canHandle: plain.canHandle,
    serialize: ({ value }) => [packError(value), []],
    deserialize: (packed) => {
      throw unpackError(packed)
    }
  } satisfies TransferHandler<Thrown, PortableError> as TransferHandler<unknown, unknown>)
}
