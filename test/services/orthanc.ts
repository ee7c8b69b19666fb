import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { ServerSettings } from '../../src/clinic/dicomweb/server.ts'

const port = 18042
const password = 'of-a-test'

/** An Orthanc with its DICOMweb plug-in, which a test may kill and start again. */
export interface Orthanc {
  readonly server: ServerSettings
  /** Puts a file there by Orthanc's own interface. */
  upload(bytes: Uint8Array): Promise<void>
  kill(): Promise<void>
  start(): Promise<void>
}

/** Starts Orthanc with its files in a folder. It listens on every address: only to be run where there is but loopback. */
export async function startOrthanc(folder: string): Promise<Orthanc> {
  const settings = {
    Name: 'otomark-test',
    HttpPort: port,
    DicomServerEnabled: false,
    AuthenticationEnabled: true,
    RegisteredUsers: { otomark: password },
    StorageDirectory: join(folder, 'storage'),
    IndexDirectory: join(folder, 'storage'),
    Plugins: ['/usr/share/orthanc/plugins'],
    DicomWeb: { Enable: true, Root: '/dicom-web/' },
    ExecuteLuaEnabled: false
  }
  const file = join(folder, 'orthanc.json')
  await writeFile(file, JSON.stringify(settings))
  const authorization = `Basic ${Buffer.from(`otomark:${password}`).toString('base64')}`
  let child: ChildProcess | undefined
  const start = async (): Promise<void> => {
    child = spawn('Orthanc', [file], { stdio: 'ignore' })
    for (;;) {
      if (child.exitCode !== null) throw new Error(`Orthanc ended with ${child.exitCode}`)
      const answer = await fetch(`http://127.0.0.1:${port}/system`, { headers: { authorization } }).catch(
        () => undefined
      )
      if (answer?.ok) return
      await new Promise((resolve) => setTimeout(resolve, 100))
    }
  }
  await start()
  return {
    server: { url: `http://127.0.0.1:${port}/dicom-web`, authorization, firstDelay: 200, retries: 6 },
    async upload(bytes) {
      const answer = await fetch(`http://127.0.0.1:${port}/instances`, {
        method: 'POST',
        headers: { authorization },
        body: new Uint8Array(bytes)
      })
      if (!answer.ok) throw new Error(`Orthanc answers with ${answer.status}`)
    },
    async kill() {
      if (child === undefined || child.exitCode !== null || child.signalCode !== null) return
      const ended = once(child, 'exit')
      child.kill('SIGKILL')
      await ended
    },
    start
  }
}
