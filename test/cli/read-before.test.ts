import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { readBefore } from '../../src/cli/read-before.ts'
import { encodeSession } from '../../src/report/session/session-file.ts'
import { groundTruthModel } from '../analyze/analytic-network.ts'
import { knownSession } from '../report/session/known-session.ts'
import { runCli } from '../support/run-cli.ts'
import { scratchFolder } from '../support/scratch-folder.ts'

const scratch = scratchFolder()
const result = join(scratch, 'head-otomark')
mkdirSync(result)
writeFileSync(join(result, 'result.json'), '{}')

test('a result is refused as what was before surgery, since it holds no scan', async () => {
  const { code, err } = await runCli('analyze', 'after.nii.gz', '--before', result, '--output', join(scratch, 'out'))
  expect(code).toBe(2)
  expect(err).toMatch(/a result holds no scan to register; name the scan it was made of, or its session/)
})

test('with a cohort no scan before surgery can be named: each has its own', async () => {
  const { code, err } = await runCli('analyze', scratch, '--before', 'a.nii.gz', '--cohort', join(scratch, 'cohort'))
  expect(code).toBe(2)
  expect(err).toContain('--before cannot be used with --cohort')
})

test('a session from before surgery gives its scan, the ear as a person left it, and what is doubtful about both', async () => {
  const path = join(scratch, 'before.otomark')
  const session = knownSession()
  writeFileSync(path, encodeSession({ ...session, source: { ...session.source, notes: ['values were converted'] } }))
  const { name, scan, ears, notes } = await readBefore(path, 'before.otomark', groundTruthModel([]), {})
  expect(name).toBe('before.otomark')
  expect(scan.data).toEqual(knownSession().scan.data)
  const moved = ears[0]?.landmarks.find(({ id }) => id === 'oval_window')
  expect(moved).toMatchObject({ position: [7, 16, -28], byHand: true })
  expect(notes).toEqual([
    'values were converted',
    'corrected by hand: 1 landmark',
    'The left ear is cut by the edge of the scan; its volumes are too small.',
    'Voxels of 1.00 mm are too coarse to outline the left ear well.'
  ])
})
