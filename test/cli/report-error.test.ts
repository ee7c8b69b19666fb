import { readFile, writeFile } from 'node:fs/promises'
import { afterEach, describe, expect, test, vi } from 'vitest'
import { reportError } from '../../src/cli/report-error.ts'
import { GeometryError, InputError, NoEarError, ResourceError, UsageError } from '../../src/core/errors.ts'

function told(error: unknown, isTTY = false): { code: number; text: string } {
  let text = ''
  const code = reportError(error, { isTTY, write: (part) => (text += part) })
  return { code, text }
}

/** What really happens when `action` fails. */
async function failureOf(action: () => unknown): Promise<unknown> {
  try {
    await action()
  } catch (error) {
    return error
  }
  throw new Error('it did not fail')
}

afterEach(() => vi.unstubAllEnvs())

describe('an error otomark raises on purpose', () => {
  test.each([
    [new UsageError('steps must be positive'), 2, 'otomark: steps must be positive\n'],
    [new InputError('scan.nii', 'is truncated'), 3, 'otomark: scan.nii: is truncated\n'],
    [new GeometryError('the grid is sheared'), 3, 'otomark: the grid is sheared\n'],
    [new NoEarError('no ear found'), 4, 'otomark: no ear found\n'],
    [new ResourceError('the disk is full'), 5, 'otomark: the disk is full\n']
  ])('is told as it is: %s', (error, code, text) => {
    expect(told(error)).toEqual({ code, text })
  })

  test('leaves out the middle of a text that would fill the terminal', () => {
    const { text } = told(new InputError('scan.nrrd', `has voxels of type ${'('.repeat(100_000)}; convert it`))
    expect(text).toMatch(/^otomark: scan\.nrrd: has voxels of type \(+ … \(+; convert it\n$/)
    expect(text.length).toBeLessThan(1100)
  })

  test('takes one line, whatever its message holds', () => {
    expect(told(new UsageError('first\n  second\r\nthird')).text).toBe('otomark: first second third\n')
  })

  test('prints nothing to the terminal that a file wrote into its description', () => {
    expect(told(new UsageError('series "\x1b[2Jhead\x07"')).text).toBe('otomark: series "\\u001b[2Jhead\\u0007"\n')
  })

  test('replaces a half-drawn progress bar on a terminal', () => {
    expect(told(new UsageError('no'), true).text).toBe('\r\x1b[Kotomark: no\n')
  })
})

describe('a failed call to the operating system', () => {
  test('names the file', async () => {
    const error = await failureOf(() => readFile('/nowhere/scan.nii'))
    const { code, text } = told(error)
    expect(code).toBe(3)
    expect(text).toMatch(/^otomark: .*no such file.*\/nowhere\/scan\.nii'?\n$/)
  })

  test.runIf(process.platform === 'linux')('on a full disk is a matter of resources', async () => {
    const { code, text } = told(await failureOf(() => writeFile('/dev/full', 'x')))
    expect(code).toBe(5)
    expect(text).toMatch(/^otomark: .*no space left.*\n$/)
  })
})

test('an allocation that memory cannot hold is a matter of resources', async () => {
  const { code, text } = told(await failureOf(() => new Float64Array(2 ** 40)))
  expect(code).toBe(5)
  expect(text).toMatch(/^otomark: memory ran out.*\n$/)
})

describe('anything else', () => {
  test('is a bug, reported in one line without a stack', () => {
    const { code, text } = told(new TypeError('x is not\na function'))
    expect(code).toBe(1)
    expect(text).toMatch(/^otomark: this is a bug, please report it.*TypeError: x is not a function\n$/)
  })

  test('shows its stack when OTOMARK_DEBUG is set', () => {
    vi.stubEnv('OTOMARK_DEBUG', '1')
    expect(told(new TypeError('x')).text).toContain('report-error.test.ts')
  })

  test('may be thrown without being an Error', () => {
    expect(told('a string').code).toBe(1)
  })
})
