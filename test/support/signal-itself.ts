import fs from 'node:fs'
import { syncBuiltinESMExports } from 'node:module'
import { basename } from 'node:path'

/** When a process sends itself a signal. */
export interface Moment {
  readonly signal: 'SIGKILL' | 'SIGTERM' | 'SIGINT' | 'SIGHUP'
  /** The name of a file that is written atomically, or of a folder that is made. */
  readonly name: string
  /** With half of the file's bytes written, with all of them but not under its name, under its name; folder made. */
  readonly when: 'half written' | 'written' | 'renamed' | 'made'
  /** At which time that this happens, from 1. */
  readonly time: number
}

/**
 * The environment of a process, and the flags of its Node, in which it sends itself a signal.
 * @param module this file, compiled as the program is
 */
export function signalling(moment: Moment, module: string): { env: NodeJS.ProcessEnv; flags: string[] } {
  return { env: { OTOMARK_TEST_SIGNAL: JSON.stringify(moment) }, flags: ['--import', module] }
}

// Loaded before the program: a watcher in another process would come too late wherever the processor is busy.
const { OTOMARK_TEST_SIGNAL } = process.env
if (OTOMARK_TEST_SIGNAL !== undefined) signalAt(JSON.parse(OTOMARK_TEST_SIGNAL))

function signalAt({ signal, name, when, time }: Moment): void {
  let times = 0
  const reached = (path: unknown, now: Moment['when']): void => {
    if (now === when && basename(String(path)) === name && ++times === time) process.kill(process.pid, signal)
  }
  const { open, rename, mkdir } = fs.promises
  const { mkdirSync } = fs
  const target = (temporary: unknown): string =>
    basename(String(temporary)).replace(/^\.(.+)\.[0-9a-f-]{36}\.tmp$/, '$1')

  fs.promises.open = async (path, ...others) => {
    const file = await open(path, ...others)
    const writeFile = file.writeFile.bind(file)
    file.writeFile = async (data, ...options) => {
      if (when === 'half written' && typeof data !== 'string' && 'subarray' in data) {
        await writeFile(data.subarray(0, data.length / 2))
        reached(target(path), 'half written')
        await writeFile(data.subarray(data.length / 2), ...options)
      } else await writeFile(data, ...options)
    }
    return file
  }
  fs.promises.rename = async (from, to) => {
    reached(to, 'written')
    await rename(from, to)
    reached(to, 'renamed')
  }
  fs.promises.mkdir = (async (path: fs.PathLike, options: fs.MakeDirectoryOptions) => {
    const made = await mkdir(path, options)
    reached(path, 'made')
    return made
  }) as typeof mkdir
  fs.mkdirSync = ((path: fs.PathLike, options: fs.MakeDirectoryOptions) => {
    const made = mkdirSync(path, options)
    reached(path, 'made')
    return made
  }) as typeof mkdirSync
  syncBuiltinESMExports()
}
