import { Command } from 'commander'
import { closeModel, openModel } from '../analyze/open-model.ts'
import { caseFileNames } from '../cases/case-files.ts'
import { UsageError } from '../core/errors.ts'
import { encodeLabelNrrd } from '../io/encode-nrrd.ts'
import { decodeJson } from '../io/json.ts'
import { decodeLabelMap } from '../io/label-map.ts'
import { defaultModelFolder, readModelFolder } from '../node/model-folder.ts'
import { withTemporaryFolder } from '../node/temporary-folder.ts'
import { nodeRuntime } from '../runtime/node.ts'
import { analyzeScan } from './analyze-scan.ts'
import { announceEngine } from './announce-engine.ts'
import { listen } from './listen.ts'
import { wholeNumber } from './parsers.ts'
import { createLabelServer, type LabelResult } from './serve/label-server.ts'
import { stopped } from './until-stopped.ts'

interface ServeFlags {
  readonly host: string
  readonly port: number
  readonly model: string
  readonly threads?: number
  readonly maxMegabytes: number
  readonly maxWaiting: number
}

/** `otomark serve`: ears for 3D Slicer's MONAI Label module and other clients of its protocol. */
export function serveCommand(): Command {
  return new Command('serve')
    .description('Serve the analysis to clients of MONAI Label, such as 3D Slicer; to this machine alone by default.')
    .option('--port <number>', 'of the server; 0 for any that is free', wholeNumber(0, 65535), 8738)
    .option('--host <address>', 'to listen on; beyond this machine OTOMARK_SERVE_TOKEN must be set', '127.0.0.1')
    .option('--model <folder>', 'holds detector.onnx and segmenter.onnx', defaultModelFolder)
    .option('--threads <number>', 'processor threads (default: all)', wholeNumber(1))
    .option('--max-megabytes <number>', 'largest scan that is taken', wholeNumber(1, 2000), 500)
    .option('--max-waiting <number>', 'scans that may wait for their turn', wholeNumber(0, 1000), 4)
    .action(serve)
}

async function serve({ host, port, model: folder, threads, maxMegabytes, maxWaiting }: ServeFlags): Promise<void> {
  const token = process.env.OTOMARK_SERVE_TOKEN || undefined
  if (token === undefined && !['127.0.0.1', '::1', 'localhost'].includes(host)) {
    throw new UsageError(`--host ${host}: set OTOMARK_SERVE_TOKEN to what clients must send, or stay on 127.0.0.1`)
  }
  await announceEngine()
  const model = await openModel(await readModelFolder(folder), nodeRuntime, threads === undefined ? {} : { threads })
  const analyze = async (path: string): Promise<LabelResult> => {
    const { files, result } = await analyzeScan(path, model, { surfaces: [], name: 'scan' })
    const { labels: labelFile, markups } = caseFileNames
    const nifti = files[labelFile] as Uint8Array
    const landmarks = decodeJson(files[markups] as Uint8Array, markups)
    const labels = await decodeLabelMap(labelFile, nifti)
    return { nifti, landmarks, flags: result.flags, nrrd: () => encodeLabelNrrd(labels) }
  }
  await withTemporaryFolder(async (temporary) => {
    const limits = { maxBody: maxMegabytes * 1e6, maxWaiting }
    const server = createLabelServer({ folder: temporary, analyze, ...limits, ...(token !== undefined && { token }) })
    const at = await listen(server, port, host)
    process.stdout.write(`otomark serves at http://${host}:${at}; Ctrl+C ends it\n`)
    await stopped()
    server.closeAllConnections()
    await new Promise((done) => server.close(done))
  }).finally(() => closeModel(model))
}
