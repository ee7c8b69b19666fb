import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { expect } from 'vitest'
import { encodeCase } from '../../src/cases/encode-case.ts'
import { landmarkKinds } from '../../src/core/anatomy.ts'
import { createVolume } from '../../src/core/volume.ts'
import { evaluation } from '../../src/evaluate/evaluation.ts'
import { encodeNifti } from '../../src/io/nifti/encode.ts'
import { planFile } from '../../src/report/plan/plan-file.ts'
import { analysisResult } from '../../src/report/result.ts'
import { encodeSession } from '../../src/report/session/session-file.ts'
import { parseTrainingConfiguration } from '../../src/train/configuration.ts'
import {
  boneScan,
  type KnownEar,
  meanShape,
  trueLabels,
  trueLandmarks,
  uprightFrame
} from '../analyze/analytic-network.ts'
import { knownSession } from '../report/session/known-session.ts'
import { tinyStudy } from '../study/tiny-study.ts'
import { writeModelFolder } from '../support/empty-model.ts'
import { writeDicomSeries } from '../support/write-dicom-series.ts'
import { tinyRecipe } from '../train/tiny-configuration.ts'
import { blocksIn } from './page-commands.ts'

/** What is generated where a page generates more. */
export const fewest = 2

/** The ear that the scans of all pages show. */
export const ear: KnownEar = { frame: uprightFrame('right', [1, 1, 2]), shape: meanShape }
// Places that NIfTI and DICOM hold alike, to the bit.
const bone = boneScan([0, 0, 0], [48, 48, 48], [0.6875, 0.6875, 0.6875])
// Some voxels of air: without them the values could not be told to be Hounsfield units.
const scan = { ...bone, data: bone.data.map((value, at) => (at % 50 === 7 ? -1000 + (at % 11) : value)) }
const image = encodeNifti(scan, { gzip: true })

function give(path: string, content: Uint8Array | string): void {
  mkdirSync(dirname(path), { recursive: true })
  writeFileSync(path, content)
}

/** Cases that are known without an error, named p01, p02, … */
function giveCases(place: string, wanted: number): void {
  const [helicotrema, oval, round] = trueLandmarks(ear)
  const landmarks = landmarkKinds.map(({ id }, n) => {
    const position = [helicotrema, oval, round][n] ?? expect.unreachable()
    return { id, status: 'defined', confidence: 1, position } as const
  })
  const labels = createVolume(scan.geometry, trueLabels(ear, scan.geometry))
  const files = encodeCase({ scan, labels, ears: [{ side: 'right', landmarks }], description: 'test' })
  for (let n = 1; n <= wanted; n++) {
    for (const [name, content] of Object.entries(files)) give(join(place, `p0${n}`, name), content)
  }
}

/** A recipe that a page shows, checked as it is, then made so small that a run takes seconds. */
function giveRecipe(path: string, shown: object): void {
  const { labelled, cases, optimizer, schedule } = parseTrainingConfiguration(shown, path)
  give(
    path,
    JSON.stringify({
      ...tinyRecipe,
      labelled,
      optimizer,
      schedule,
      cases: { seed: 1, options: { ...cases.options, field: [22, 22], finest: 0.8 } }
    })
  )
}

const readResult = (path: string) => analysisResult.parse(JSON.parse(readFileSync(join(path, 'result.json'), 'utf8')))
const readEvaluation = (path: string) =>
  evaluation.parse(JSON.parse(readFileSync(join(path, 'evaluation.json'), 'utf8')))

/** What a page's commands find in the reader's folder, and what is to be seen when they have run. */
export const walks: Readonly<Record<string, { given?: () => unknown; seen?: () => void }>> = {
  'docs/tutorials/first-result.md': {
    given: async () => {
      give('examples/generated-ear.nii.gz', image)
      await writeDicomSeries(scan, 'my-scan', { seriesNumber: 4 })
    },
    seen: () => expect(readResult('out/mine').input.series?.number).toBe('4')
  },
  'docs/tutorials/own-model.md': {
    given: () => {
      const [shown] = blocksIn('docs/tutorials/own-model.md', 'json')
      giveRecipe('my-recipe.json', JSON.parse(shown?.content ?? ''))
    },
    seen: () => {
      expect(readEvaluation('out/after').cases).toHaveLength(fewest)
      expect(readFileSync('my-ears/case-11-0001/picture.png').length).toBeGreaterThan(10_000)
      expect(readFileSync('my-model/segmenter.onnx')).toEqual(readFileSync('runs/mine/best.onnx'))
    }
  },
  'docs/how-to/ablation.md': {
    // The base and a variation; test/study runs more.
    given: () => {
      const { seeds, variations, ...study } = tinyStudy
      const small = { ...study, seeds: { base: [1], variations: [1] }, variations: variations.slice(0, 1) }
      give('studies/ablation/study.json', JSON.stringify(small))
    },
    seen: () => expect(readFileSync('out/ablation/table.md', 'utf8')).toContain('2 of 2 runs')
  },
  'docs/how-to/cluster.md': {
    given: () => {
      for (const name of ['a', 'b', 'c']) give(`scans/${name}.nii.gz`, image)
    },
    seen: () => expect(readFileSync('out/cohort/cohort.csv', 'utf8').trim().split('\n')).toHaveLength(4)
  },
  'docs/how-to/cohort.md': {
    given: () => {
      give('scans/a.nii.gz', image)
      give('list.csv', 'id,path\nfirst,scans/a.nii.gz\n')
    },
    seen: () => expect(readFileSync('out/cohort/cohort.csv', 'utf8')).toMatch(/^first,/m)
  },
  'docs/how-to/electrode.md': {
    given: () => give('after.nii.gz', image),
    seen: () => expect(readResult('out/after').ears[0]).not.toHaveProperty('implant')
  },
  'docs/how-to/evaluate.md': {
    given: () => writeModelFolder('my-model'),
    seen: () => {
      for (const name of ['evaluation', 'other', 'mean', 'theirs']) {
        const { cases, failed } = readEvaluation(`out/${name}`)
        expect([cases.map(({ id }) => id), failed]).toEqual([['case-9009-0000', 'case-9009-0001'], []])
      }
      const [atOnce, theirs] = [readEvaluation('out/evaluation'), readEvaluation('out/theirs')]
      expect(theirs.cases[0]?.ears[0]).toMatchObject({ outcome: 'found', sideCorrect: true })
      // What was written and read again is what was analysed at once.
      expect(theirs.summary.ears).toEqual(atOnce.summary.ears)
      expect(theirs.cases[0]?.outlines).toEqual(atOnce.cases[0]?.outlines)
    }
  },
  'docs/how-to/plan-electrode.md': {
    given: () => give('head.nii.gz', image),
    seen: () => {
      const { ears } = planFile.parse(JSON.parse(readFileSync('out/plan/plan.json', 'utf8')))
      expect(ears.flatMap(({ arrays }) => arrays)).toHaveLength(1)
    }
  },
  'docs/how-to/python.md': {
    given: () => give('examples/generated-ear.nii.gz', image),
    seen: () => expect(readFileSync('out/cohort/cohort.csv', 'utf8')).toMatch(/^generated-ear,/m)
  },
  'docs/how-to/slicer-and-itk-snap.md': {
    given: () => {
      give('head.nii.gz', image)
      giveCases('my-ears', 1)
    },
    seen: () => {
      expect(readFileSync('out/head/cochlea.ply').subarray(0, 3).toString()).toBe('ply')
      expect(readEvaluation('out/evaluation').cases).toHaveLength(1)
    }
  },
  'docs/how-to/train.md': {
    given: () => {
      const [shown] = blocksIn('docs/how-to/train.md', 'json')
      giveCases('my-ears', 3)
      give('scan.nii.gz', image)
      giveRecipe('my-recipe.json', { ...tinyRecipe, ...JSON.parse(`{${shown?.content}}`) })
    },
    seen: () => expect(readFileSync('runs/mine/log.jsonl', 'utf8')).toContain('labelled cases of my-ears')
  },
  'docs/how-to/use-the-page.md': {
    given: () => give('head.otomark', encodeSession(knownSession())),
    seen: () => expect(readResult('out/head').ears).toHaveLength(1)
  }
}
