import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll } from 'vitest'
import { openStage, type PageUnderTest, patience, type Stage, smallModel } from './page-under-test.ts'
import { knownEar, writeScan } from './scans.ts'

/** The page with small networks, for all tests of a file. */
export interface SmallStage {
  readonly stage: Stage
  /** For what tests write; it goes with the last test. */
  readonly folder: string
  /** A scan of a left ear that the networks know. */
  readonly scan: string
  /** Opens the page; it closes after the test. */
  open(options?: Parameters<Stage['open']>[0]): Promise<PageUnderTest>
}

/** Starts before a file's first test and ends after its last. */
export function useSmallStage(): SmallStage {
  let stage: Stage
  let folder: string
  let scan: string
  const opened: PageUnderTest[] = []

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'otomark-page-'))
    scan = await writeScan(await knownEar(), folder, 'left.nii.gz')
    stage = await openStage(smallModel)
  }, patience)
  afterEach(async () => {
    for (const { context } of opened.splice(0)) await context.close()
  })
  afterAll(async () => {
    await stage?.close()
    await rm(folder, { recursive: true, force: true })
  })

  return {
    get stage() {
      return stage
    },
    get folder() {
      return folder
    },
    get scan() {
      return scan
    },
    async open(options) {
      const one = await stage.open(options)
      opened.push(one)
      return one
    }
  }
}
