import { basename, resolve } from 'node:path'
import { fewestLabelledEars, type LabelledEars } from '../calibrate/fit-labelled.ts'
import type { LabelledEar } from '../calibrate/labelled-ear.ts'
import { findCases } from '../cases/find-cases.ts'
import { InputError } from '../core/errors.ts'
import { nameOf } from '../io/file-access.ts'
import { diskFiles } from '../node/file-access.ts'
import { readCase } from '../node/read-case.ts'

/**
 * The ears of a folder of labelled cases. All are read once at first, so that what is wrong is known before the hour that
 * generated ears take, and again one by one, since they may be more than the memory holds.
 * @param name what reports call them; otherwise the folder's name
 * @param note is told what to know of how the cases were read
 * @throws InputError when there are too few, or a case cannot be read
 */
export async function labelledEarsIn(
  folder: string,
  name: string | undefined,
  note: (text: string) => unknown
): Promise<LabelledEars> {
  const { cases, notes } = await findCases(diskFiles, folder)
  const all = new Set(notes)
  let count = 0
  for (const one of cases) {
    const { truth } = await readCase(one, (file, text) => all.add(`${one.id}: ${nameOf(file)}: ${text}`))
    count += truth.ears.length
  }
  for (const text of all) note(text)
  if (count < fewestLabelledEars) {
    throw new InputError(folder, `holds ${count} labelled ears; intervals need ${fewestLabelledEars} at least`)
  }
  async function* ears(): AsyncGenerator<LabelledEar> {
    for (const one of cases) {
      const { scan, truth } = await readCase(one, () => {})
      const { labels, outlined } = truth
      for (const { landmarks, place, isOutlined } of truth.ears) {
        // Labels may be those of the other ear alone, and would make this one empty.
        yield { scan, labels: isOutlined ? labels : null, outlined, landmarks, place }
      }
    }
  }
  return { name: name ?? basename(resolve(folder)), count, ears: ears() }
}
