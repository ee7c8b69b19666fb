import { InputError, ResourceError } from '../core/errors.ts'

/** The system's code of a failed file operation, such as `ENOENT`; undefined for anything else. */
export function errorCode(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined
}

/** What a failed read of `path` means to the user; errors that are no file errors are returned as they are. */
export function readError(path: string, error: unknown): unknown {
  const cause = { cause: error }
  switch (errorCode(error)) {
    case 'ENOENT':
      return new InputError(path, 'no such file or folder; check the path', cause)
    case 'EACCES':
    case 'EPERM':
      return new InputError(path, 'no permission to read it; change its permissions or use another account', cause)
    case 'ENOTDIR':
      return new InputError(path, 'a part of the path is a file, not a folder; check the path', cause)
    case 'EISDIR':
      return new InputError(path, 'is a folder, not a file; check the path', cause)
    case 'EIO':
      return new InputError(path, 'the disk reports an error while reading; copy the file to another disk', cause)
    case 'ENAMETOOLONG':
      return new InputError(path, 'the name is too long; check the path', cause)
    case 'ELOOP':
      return new InputError(path, 'its links run in a circle; check the path', cause)
    case 'EMFILE':
    case 'ENFILE':
      return new ResourceError(`reading ${path}: too many open files; close other programs`, cause)
    case 'ERR_FS_FILE_TOO_LARGE':
      return new ResourceError(`reading ${path}: the file is too large; it must hold one scan`, cause)
    case 'ENOMEM':
      return new ResourceError(`reading ${path}: memory ran out; close other programs`, cause)
    default:
      return isSystemError(error)
        ? new InputError(path, `cannot be read: the system says ${errorCode(error)}`, cause)
        : error
  }
}

/** Whether an error is that of a call to the operating system. */
export function isSystemError(error: unknown): boolean {
  return errorCode(error) !== undefined && error instanceof Error && 'syscall' in error
}
