import { execFileSync, spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { buildNetwork, networkParameters } from '../src/network/build-network.ts'
import { initialValues } from '../src/network/parameters.ts'
import { convolutionOf } from '../src/onnx/lowering/convolution.ts'
import type { Subject, Work } from './subject.ts'

const source = fileURLToPath(new URL('peers/convolutions_onednn.cpp', import.meta.url))

/** What oneDNN needs for the convolutions of a work and nothing else. */
export interface Limit {
  readonly name: string
  readonly seconds: number
}

/**
 * Builds the program that times oneDNN's convolutions. What it gives is the least time a work can take on this machine:
 * its convolutions, for a training step with their gradients, one by one. Undefined, with a word why, where Debian's
 * libdnnl-dev (oneDNN 2) or a C++ compiler is not installed.
 */
export function openLimit(threads: number): ((subject: Subject, work: Work) => Limit) | undefined {
  const folder = mkdtempSync(join(tmpdir(), 'otomark-onednn-'))
  process.once('exit', () => rmSync(folder, { recursive: true }))
  const program = join(folder, 'convolutions')
  const { error, status } = spawnSync('c++', ['-O2', source, '-ldnnl', '-o', program], { stdio: 'ignore' })
  if (error !== undefined || status !== 0) {
    console.log(
      "The limit of oneDNN is skipped: it needs a C++ compiler and Debian's libdnnl-dev (see bench/README.md)"
    )
    return undefined
  }
  const env = { ...process.env, OMP_NUM_THREADS: `${threads}` }
  return (subject, work) => {
    const input = convolutionLines(subject, work).join('\n')
    const [version, ...times] = execFileSync(program, { input, env, encoding: 'utf8' }).trim().split('\n')
    return { name: `oneDNN ${version}, convolutions alone`, seconds: times.map(Number).reduce((sum, n) => sum + n, 0) }
  }
}

/** A line for each convolution, as the program reads them. Only a network whose convolutions have stride 1 is asked for. */
function convolutionLines({ network, size }: Subject, work: Work): string[] {
  const graph = buildNetwork(network, size, initialValues(networkParameters(network), 1))
  return graph.nodes.flatMap((node) => {
    const convolution = convolutionOf(node)
    if (convolution === undefined) return []
    const [outputs, channels, ...kernel] = convolution.weight.shape
    const shape = [channels, outputs, ...kernel, ...node.result.shape.slice(2)].join(' ')
    const ofImage = graph.producer(convolution.value) === undefined
    const kinds = work === 'forward' ? ['forward'] : ['forward', ...(ofImage ? [] : ['data']), 'weights']
    return kinds.map((kind) => `${kind} ${shape}`)
  })
}
