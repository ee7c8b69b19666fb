import { InputError, NoEarError, ResourceError, UsageError } from '../../core/errors.ts'

/** An error on its way from one thread to another, where it would lose its class. */
export interface PortableError {
  readonly error: unknown
  readonly name: string
  /** What an InputError is about. */
  readonly source?: string
}

export function describeError(error: unknown): PortableError {
  const name = error instanceof Error ? error.name : ''
  return { error, name, ...(error instanceof InputError && { source: error.source }) }
}

/** The error as it was thrown in the other thread. */
export function revivedError({ error, name, source }: PortableError): unknown {
  if (!(error instanceof Error)) return error
  const { message } = error
  if (source !== undefined) return new InputError(source, message.slice(source.length + 2), { cause: error })
  const known = [UsageError, ResourceError, NoEarError].find((kind) => kind.name === name)
  return known === undefined ? error : new known(message, { cause: error })
}
