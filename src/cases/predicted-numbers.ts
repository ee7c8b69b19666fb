import { InputError } from '../core/errors.ts'
import type { CaseFiles } from './case-files.ts'
import type { FileNote } from './file-note.ts'
import { isOwnTable } from './label-numbers.ts'
import type { Outlines } from './read-labels.ts'

/** What a truth says of label numbers. */
export type TrueNumbers = Pick<CaseFiles, 'labelNumbers'> & Pick<Outlines, 'outlined'>

/**
 * Predicted labels that nothing says the meaning of, looked at beside the truth's: numbers of a dataset of its own mean something
 * else than those of the anatomy table, and a network that found one part only seems to have outlined the whole.
 * @throws InputError if the cases have a list of labels that says otherwise
 */
export function checkNumbers(file: string, predicted: Outlines, truth: TrueNumbers, note?: FileNote): void {
  if (predicted.isNamed) return
  if (truth.labelNumbers !== null && !isOwnTable(truth.labelNumbers)) {
    throw new InputError(
      file,
      'does not say what its numbers mean, and those of the cases are not 1 cochlea, 2 vestibule, 3 canals; put the dataset.json of ' +
        'the network that predicted it beside it'
    )
  }
  if (truth.outlined === 'parts' && predicted.outlined === 'labyrinth') {
    note?.(file, 'holds no label but 1, which is read as the whole labyrinth: its parts are not compared')
  }
}
