/** Exit codes of the command line; each error class carries the one it leads to. */
export const exitCode = { done: 0, bug: 1, usage: 2, input: 3, noEar: 4, resources: 5 } as const
export type ExitCode = (typeof exitCode)[keyof typeof exitCode]

/** What went wrong, apart from how it is reported: `bug` for an error that is none of the others. */
export type ErrorKind = 'bug' | 'usage' | 'input' | 'geometry' | 'model' | 'access' | 'noEar' | 'resources'

/** What an error can hold beside its message. */
export interface OtomarkErrorOptions extends ErrorOptions {
  /** The message without header values that identify a patient, such as a description or a UID, where it holds any. */
  readonly unidentified?: string
}

/**
 * The base of every error otomark raises on purpose. Its message is one line that says what was being done, to what,
 * what is wrong and what to do; anything else that is thrown is a bug.
 */
export class OtomarkError extends Error {
  override readonly name: string = 'OtomarkError'
  readonly kind: ErrorKind = 'bug'
  readonly exitCode: ExitCode = exitCode.bug
  /** The message for files that may be passed on, without header values that identify a patient. */
  readonly unidentified: string

  constructor(message?: string, options?: OtomarkErrorOptions) {
    super(message, options)
    this.unidentified = options?.unidentified ?? this.message
  }
}

/** The command line or a configuration was used wrongly. */
export class UsageError extends OtomarkError {
  override readonly name: string = 'UsageError'
  override readonly kind = 'usage'
  override readonly exitCode = exitCode.usage
}

/** An input cannot be read or is not acceptable; `source` names the file or folder. */
export class InputError extends OtomarkError {
  override readonly name: string = 'InputError'
  override readonly kind: 'input' | 'model' | 'access' = 'input'
  override readonly exitCode = exitCode.input
  readonly source: string

  constructor(source: string, problem: string, options?: OtomarkErrorOptions) {
    const { unidentified = problem } = options ?? {}
    super(`${source}: ${problem}`, { ...options, unidentified: `${source}: ${unidentified}` })
    this.source = source
  }
}

/** A grid that cannot be: a bad size, spacing or direction. Readers wrap it in an InputError that names the file. */
export class GeometryError extends OtomarkError {
  override readonly name = 'GeometryError'
  override readonly kind = 'geometry'
  override readonly exitCode = exitCode.input
}

/** A model file that is missing, broken, or whose metadata is not understood. */
export class ModelError extends InputError {
  override readonly name = 'ModelError'
  override readonly kind = 'model'
}

/** A server does not know the user, or denies access; further requests would fail too. */
export class AccessError extends InputError {
  override readonly name = 'AccessError'
  override readonly kind = 'access'
}

/** A readable scan in which no inner ear was found. */
export class NoEarError extends OtomarkError {
  override readonly name = 'NoEarError'
  override readonly kind = 'noEar'
  override readonly exitCode = exitCode.noEar
}

/** Memory, disk or permission ran out. */
export class ResourceError extends OtomarkError {
  override readonly name = 'ResourceError'
  override readonly kind = 'resources'
  override readonly exitCode = exitCode.resources
}
