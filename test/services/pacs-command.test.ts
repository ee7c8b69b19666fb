import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises'
import { request } from 'node:http'
import { createServer, type Server } from 'node:https'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { findSeries } from '../../src/clinic/dicomweb/search.ts'
import { readScan } from '../../src/node/read-scan.ts'
import { compiledProgram } from '../support/compiled-program.ts'
import { scratchFolder } from '../support/scratch-folder.ts'
import { smallScan } from '../support/small-scan.ts'
import { encodeDicom, sliceAttributes, writeDicomSeries } from '../support/write-dicom-series.ts'
import { type Orthanc, startOrthanc } from './orthanc.ts'
import { tools } from './tools.ts'

const root = fileURLToPath(new URL('../../', import.meta.url))
const { main } = await compiledProgram()
const folder = scratchFolder()
const token = 'a-token-of-the-test'
const ours = /a-token-of-the-test|127\.0\.0\.1|localhost|of-a-test/
const today = new Date().toISOString().slice(0, 10).replaceAll('-', '')

let orthanc: Orthanc
let secure: Server
let url = ''

/** `otomark pacs …` as a program of its own, which reads the authorities it trusts when it starts. */
async function pacs(words: readonly string[], environment: Record<string, string>) {
  const child = spawn(process.execPath, [main, 'pacs', ...words], {
    cwd: root,
    env: { ...process.env, ...environment },
    stdio: ['ignore', 'pipe', 'pipe']
  })
  const said = { out: '', err: '' }
  child.stdout.on('data', (text) => {
    said.out += text
  })
  child.stderr.on('data', (text) => {
    said.err += text
  })
  await once(child, 'close')
  return { code: child.exitCode, ...said }
}

/** A certificate for 127.0.0.1 of an authority that nobody knows, as a hospital has one. */
function makeCertificates(place: string): void {
  const openssl = (...words: readonly string[]) => {
    const { status, stderr } = spawnSync('openssl', words, { cwd: place, encoding: 'utf8' })
    if (status !== 0) throw new Error(stderr)
  }
  const key = ['-newkey', 'rsa:2048', '-nodes', '-keyout']
  openssl('req', '-x509', ...key, 'ca.key', '-out', 'ca.pem', '-subj', '/CN=Hospital of a test', '-days', '2')
  openssl('req', ...key, 'server.key', '-out', 'server.csr', '-subj', '/CN=127.0.0.1')
  const sign = ['-CA', 'ca.pem', '-CAkey', 'ca.key', '-CAcreateserial', '-days', '2', '-extfile', 'names']
  openssl('x509', '-req', '-in', 'server.csr', '-out', 'server.pem', ...sign)
}

/** In front of Orthanc, which knows neither: TLS, and a bearer token in place of its password. */
async function startSecure(place: string): Promise<Server> {
  await writeFile(join(place, 'names'), 'subjectAltName=IP:127.0.0.1\n')
  makeCertificates(place)
  const identity = {
    key: await readFile(join(place, 'server.key')),
    cert: await readFile(join(place, 'server.pem'))
  }
  const target = new URL(orthanc.server.url)
  const server = createServer(identity, (asked, answer) => {
    if (asked.headers.authorization !== `Bearer ${token}`) {
      answer.writeHead(401, { 'WWW-Authenticate': 'Bearer' }).end()
      return
    }
    const headers = { ...asked.headers, authorization: orthanc.server.authorization, host: target.host }
    const options = { host: target.hostname, port: target.port, path: asked.url, method: asked.method, headers }
    const onward = request(options, (came) => {
      answer.writeHead(came.statusCode ?? 502, came.headers)
      came.pipe(answer)
    })
    onward.on('error', () => answer.destroy())
    asked.pipe(onward)
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return server
}

describe.runIf(tools.orthanc.found && tools.namespace.found && tools.openssl.found)('otomark pacs', () => {
  beforeAll(async () => {
    const place = join(folder, 'orthanc')
    await mkdir(place)
    orthanc = await startOrthanc(place)
    secure = await startSecure(place)
    url = `https://127.0.0.1:${(secure.address() as AddressInfo).port}/dicom-web`
  })
  afterAll(async () => {
    secure?.close()
    await orthanc?.kill()
  })

  test('fetches with a bearer token from a server whose certificate is of the hospital’s own authority', async () => {
    const files = new Map<string, Uint8Array>()
    for (let k = 0; k < 19; k++) {
      const bytes = encodeDicom({ ...sliceAttributes(smallScan(), k, {}), StudyDate: '20200101', PatientID: 'P1' })
      files.set(`2.25.1000.1.${k + 1}.dcm`, bytes)
      await orthanc.upload(bytes)
    }
    const environment = {
      OTOMARK_PACS_URL: url,
      OTOMARK_PACS_TOKEN: token,
      NODE_EXTRA_CA_CERTS: join(folder, 'orthanc', 'ca.pem')
    }
    const target = join(folder, 'fetched')
    const fetched = await pacs(['fetch', '2.25.1000.1', '--output', target], environment)
    expect([fetched.code, fetched.err.replaceAll(/\r|.*fetching.*/g, '').trim()]).toEqual([0, ''])
    expect((await readdir(target)).sort()).toEqual([...files.keys()].sort())
    for (const [name, bytes] of files) expect(new Uint8Array(await readFile(join(target, name)))).toEqual(bytes)

    const wrong = await pacs(['list'], { ...environment, OTOMARK_PACS_TOKEN: `${token}-no-more` })
    expect(wrong.code).not.toBe(0)
    expect(wrong.err).toMatch(/^otomark: the DICOMweb server: wants other credentials \(401\)[^\n]*\n$/)
    const unknown = await pacs(['list'], { ...environment, NODE_EXTRA_CA_CERTS: '' })
    expect(unknown.code).not.toBe(0)
    expect(unknown.err).toMatch(
      /^otomark: the DICOMweb server: [^\n]*a certificate that is not trusted[^\n]*NODE_EXTRA_CA_CERTS[^\n]*\n$/
    )
    for (const { out, err } of [fetched, wrong, unknown]) expect(`${out}${err}`).not.toMatch(ours)
  })

  test('watch analyses a series with the model that ships, stores the segmentation and the report and keeps a line', async () => {
    const { scan } = await readScan(join(root, 'examples/generated-ear.nii.gz'))
    const paths = await writeDicomSeries(scan, join(folder, 'example'), {
      seriesNumber: 5,
      edit: (attributes) => ({ ...attributes, StudyInstanceUID: '2.25.5000', StudyDate: today, PatientID: 'P5' })
    })
    for (const path of paths) await orthanc.upload(new Uint8Array(await readFile(path)))
    const state = join(folder, 'state')
    const settings = join(folder, 'pacs.json')
    const { url: plain } = orthanc.server
    const [user, password] = Buffer.from(orthanc.server.authorization?.slice(6) ?? '', 'base64')
      .toString()
      .split(':')
    await writeFile(settings, JSON.stringify({ url: plain, user, password }), { mode: 0o600 })
    const words = ['watch', '--state', state, '--once', '--interval', '1', '--settings', settings]
    const { code, err } = await pacs(words, {})
    expect([code, err]).toEqual([0, expect.stringContaining('2.25.1000.5: stored segmentation.dcm, report.dcm')])
    const [line, ...others] = (await readFile(join(state, 'audit.jsonl'), 'utf8')).trim().split('\n')
    expect(others).toEqual([])
    expect(JSON.parse(line as string)).toMatchObject({ series: '2.25.1000.5', outcome: 'stored', exitCode: 0 })
    const stored = await findSeries(orthanc.server, { StudyInstanceUID: '2.25.5000' })
    expect(stored.map(({ modality }) => modality).sort()).toEqual(['CT', 'SEG', 'SR'])
    expect(`${err}${line}`).not.toMatch(/P5|GENERATED|127\.0\.0\.1|of-a-test/)
  })
})
