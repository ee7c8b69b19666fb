import { expect } from 'vitest'
import { OtomarkError } from '../../src/core/errors.ts'

/** What a failure must say: the class's name, its exit code, and words of its one line. */
export interface ExpectedFailure {
  readonly name: string
  readonly exitCode: number
  readonly says: RegExp
}

/** Checks that a promise fails on purpose, with one line that says what is wrong. */
export async function expectFailure(
  failing: Promise<unknown>,
  { name, exitCode, says }: ExpectedFailure
): Promise<void> {
  const error = await failing.then(
    () => undefined,
    (reason: unknown) => reason
  )
  if (!(error instanceof OtomarkError)) throw new Error('expected an error of otomark', { cause: error })
  expect.soft(error.message).toMatch(says)
  expect(error.message).not.toContain('\n')
  expect({ name: error.name, exitCode: error.exitCode }).toEqual({ name, exitCode })
}
