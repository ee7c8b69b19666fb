import { readdir } from 'node:fs/promises'

/** The user without rights on Linux and macOS. */
const nobody = 65534

/**
 * Does something without the rights of root, to whom no file is closed; other users do it as themselves.
 * @param folder must be open to everyone, or the outcome would prove nothing
 */
export async function asNobody<T>(folder: string, action: () => Promise<T>): Promise<T> {
  if (process.geteuid?.() !== 0) return action()
  process.seteuid?.(nobody)
  try {
    await readdir(folder)
    return await action()
  } finally {
    process.seteuid?.(0)
  }
}
