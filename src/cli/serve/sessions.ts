import { randomUUID } from 'node:crypto'
import { mkdir, rm } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { writeFileAtomically } from '../../node/write-file.ts'
import { scanEnding } from '../scan-name.ts'

/** Scans that clients have sent, each under an id of its own; the oldest are removed for new ones. */
export class Sessions {
  readonly #folder: string
  readonly #most: number
  readonly #files = new Map<string, string>()

  constructor(folder: string, most: number) {
    this.#folder = folder
    this.#most = most
  }

  /** @param name of the file, whose ending says its format. @returns the session's id */
  async add(name: string, bytes: Uint8Array): Promise<string> {
    const id = randomUUID()
    const folder = join(this.#folder, id)
    await mkdir(folder)
    // Of the name only the ending is taken: it comes from outside.
    const path = join(folder, `scan${scanEnding.exec(basename(name))?.[0] ?? '.nii.gz'}`)
    await writeFileAtomically(path, bytes)
    this.#files.set(id, path)
    for (const oldest of [...this.#files.keys()].slice(0, Math.max(0, this.#files.size - this.#most))) {
      await this.remove(oldest)
    }
    return id
  }

  pathOf(id: string): string | undefined {
    return this.#files.get(id)
  }

  async remove(id: string): Promise<boolean> {
    if (!this.#files.delete(id)) return false
    await rm(join(this.#folder, id), { recursive: true, force: true })
    return true
  }
}
