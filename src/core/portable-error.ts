import {
  AccessError,
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
  /** The message without header values that identify a patient; undefined for what is no error of otomark. */
  readonly unidentified?: string
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
    ...(thrown instanceof OtomarkError && { kind: thrown.kind, unidentified: thrown.unidentified }),
    ...(thrown instanceof InputError && { source: thrown.source })
  }
}

/** The error as it was thrown in the other thread, with the class of its kind. */
export function unpackError({ kind, name, message, unidentified = message, stack, source = '' }: PortableError): Error {
  const error: Error = kind === undefined ? new Error(message) : create(kind, { message, unidentified }, source)
  if (kind === undefined) error.name = name
  if (stack !== undefined) error.stack = stack
  return error
}

interface Texts {
  readonly message: string
  readonly unidentified: string
}

function create(kind: ErrorKind, { message, ...options }: Texts, source: string): OtomarkError {
  // An InputError puts its source in front of both texts.
  const prefix = `${source}: `
  const tail = (text: string): string => (text.startsWith(prefix) ? text.slice(prefix.length) : text)
  const problem = tail(message)
  const aboutSource = { unidentified: tail(options.unidentified) }
  switch (kind) {
    case 'usage':
      return new UsageError(message, options)
    case 'input':
      return new InputError(source, problem, aboutSource)
    case 'geometry':
      return new GeometryError(message, options)
    case 'model':
      return new ModelError(source, problem, aboutSource)
    case 'access':
      return new AccessError(source, problem, aboutSource)
    case 'noEar':
      return new NoEarError(message, options)
    case 'resources':
      return new ResourceError(message, options)
    case 'bug':
      return new OtomarkError(message, options)
  }
}
