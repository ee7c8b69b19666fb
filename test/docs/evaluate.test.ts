import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test, vi } from 'vitest'
import type { Model } from '../../src/analyze/model.ts'
import type { Segmentation } from '../../src/analyze/segment/segment-ear.ts'
import { evaluation } from '../../src/evaluate/evaluation.ts'
import { generateCase } from '../../src/generate/case.ts'
import { caseOptions } from '../../src/generate/sample/options.ts'
import { knowingModel, meanShape } from '../analyze/analytic-network.ts'
import { writeModelFolder } from '../support/blind-model.ts'
import { runCli } from '../support/run-cli.ts'
import { scratchFolder } from '../support/scratch-folder.ts'

const scratch = scratchFolder()
const opened = vi.hoisted(() => ({ model: undefined as Model | undefined }))

// A model that knows the first case's ear stands in for the one that comes with otomark.
vi.mock('../../src/analyze/open-model.ts', async (original) => ({
  ...(await original<typeof import('../../src/analyze/open-model.ts')>()),
  openModel: async () => opened.model
}))

vi.mock('../../src/analyze/segment/test-time-augmentation.ts', async (original) => ({
  ...(await original<typeof import('../../src/analyze/segment/test-time-augmentation.ts')>()),
  augmentTestTime: async (_scan: unknown, _segmenter: unknown, segmentation: Segmentation) => ({
    segmentation,
    repeats: []
  })
}))

const page = readFileSync(new URL('../../docs/how-to/evaluate.md', import.meta.url), 'utf8')

/** The command lines of a page's first block, word by word, without what stands behind #. */
function commandsOf(text: string): string[][] {
  const block = /```sh\n([\s\S]*?)```/.exec(text)?.[1] ?? expect.unreachable('the page has no block of commands')
  const lines = block.split('\n').map((line) => line.replace(/#.*/, '').trim())
  return lines.filter((line) => line !== '').map((line) => line.split(/\s+/))
}

/** Cases so few, small and coarse that all of it takes seconds. */
const small = { '--count': '2', '--field': '26,26', '--finest': '0.8' }

test('the commands of the page run one after the other as they stand, on few and small cases', async () => {
  const model = await writeModelFolder(join(scratch, 'my-model'))
  const commands = commandsOf(page)
  expect(commands.map(([program]) => program)).toEqual(commands.map(() => 'npx'))
  expect(commands.map((words) => words[2])).toContain('analyze')
  const [ear] = generateCase(9009, 0, caseOptions.parse({ field: [26, 26], finest: 0.8 })).ears
  if (ear === undefined) expect.unreachable('the first case shows an ear')
  opened.model = knowingModel([{ frame: ear.frame, shape: meanShape }])
  for (const [, name, ...words] of commands) {
    expect(name).toBe('otomark')
    const own = words.map((word) => (word === 'my-model' ? model : word.replace(/^out\//, `${scratch}/out/`)))
    if (own[0] === 'generate') for (const [flag, value] of Object.entries(small)) replaceFlag(own, flag, value)
    const { code, err } = await runCli(...own)
    expect({ words, code, err: err.match(/otomark: .*/)?.[0] }).toEqual({ words, code: 0, err: undefined })
  }
  for (const name of ['evaluation', 'other', 'mean', 'theirs']) {
    const { cases, failed } = read(name)
    expect([cases.map(({ id }) => id), failed]).toEqual([['case-9009-0000', 'case-9009-0001'], []])
  }
  expect(read('theirs').cases[0]?.ears[0]).toMatchObject({ outcome: 'found', sideCorrect: true })
  // What was written and read again is what was analysed at once.
  expect(read('theirs').summary.ears).toEqual(read('evaluation').summary.ears)
  expect(read('theirs').cases[0]?.outlines).toEqual(read('evaluation').cases[0]?.outlines)
}, 120_000)

function replaceFlag(words: string[], flag: string, value: string): void {
  const at = words.indexOf(flag)
  if (at < 0) words.push(flag, value)
  else words[at + 1] = value
}

function read(name: string) {
  return evaluation.parse(JSON.parse(readFileSync(join(scratch, 'out', name, 'evaluation.json'), 'utf8')))
}
