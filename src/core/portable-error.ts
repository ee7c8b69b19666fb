import {
  type ErrorKind,
  GeometryError,
  InputError,
  ModelError,
  NoEarError,
  OtomarkError,
  ResourceError,
  UsageError
} from './errors.ts'

/** An error on its way from one thread to another, where it would lose its class; structured cloning keeps all of it. */
export interface PortableError {
  /** Undefined for what is no error of otomark. */
  readonly kind?: ErrorKind
  readonly name: string
  readonly message: string
  readonly stack?: string
  /** The file or folder that an InputError is about. */
  readonly source?: string
}

/** What another thread needs to know of something that was thrown. */
export function packError(thrown: unknown): PortableError {
  if (!(thrown instanceof Error)) return { name: 'Error', message: String(thrown) }
  const { name, message, stack } = thrown
  return {
    name,
    message,
    ...(stack !== undefined && { stack }),
    ...(thrown instanceof OtomarkError && { kind: thrown.kind }),
    ...(thrown instanceof InputError && { source: thrown.source })
  }
}

/** The error as it was thrown in the other thread, with the class of its kind. */
export function unpackError({ kind, name, message, stack, source = '' }: PortableError): Error {
  const problem = message.startsWith(`${source}: `) ? message.slice(source.length + 2) : message
  const error: Error = kind === undefined ? new Error(message) : create(kind, message, source, problem)
  if (kind === undefined) error.name = name
  if (stack !== undefined) error.stack = stack
  return error
}

function create(kind: ErrorKind, message: string, source: string, problem: string): OtomarkError {
  switch (kind) {
    case 'usage':
      return new UsageError(message)
    case 'input':
      return new InputError(source, problem)
    case 'geometry':
      return new GeometryError(message)
    case 'model':
      return new ModelError(source, problem)
    case 'noEar':
      return new NoEarError(message)
    case 'resources':
      return new ResourceError(message)
    case 'bug':
      return new OtomarkError(message)
  }
}
