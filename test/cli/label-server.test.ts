import { once } from 'node:events'
import { readFile } from 'node:fs/promises'
import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, expect, test } from 'vitest'
import { createLabelServer, type LabelServerOptions } from '../../src/cli/serve/label-server.ts'
import { InputError } from '../../src/core/errors.ts'
import { encodeLabelNrrd } from '../../src/io/encode-nrrd.ts'
import { decodeLabelMap } from '../../src/io/label-map.ts'
import { scratchFolder } from '../support/scratch-folder.ts'
import { smallGrid } from '../support/small-scan.ts'

const folder = scratchFolder()
const labels = { geometry: smallGrid, data: Uint8Array.from({ length: 17 * 18 * 19 }, (_, n) => n % 4) }
const doubt = { id: 'input', severity: 'note', text: 'Slices may be missing.', evidence: {} } as const
const open: Server[] = []
afterEach(() => {
  for (const server of open.splice(0)) server.close().closeAllConnections()
})

async function serverWith(options: Partial<LabelServerOptions> = {}): Promise<string> {
  const server = createLabelServer({
    folder,
    maxBody: 1e6,
    maxWaiting: 1,
    analyze: async (path) => ({
      nifti: new Uint8Array(await readFile(path)),
      nrrd: () => encodeLabelNrrd(labels),
      landmarks: { markups: [] },
      flags: [doubt]
    }),
    ...options
  })
  open.push(server)
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}

function scanForm(bytes: Uint8Array = new Uint8Array([1, 2, 3]), params = '{}'): FormData {
  const form = new FormData()
  form.set('params', params)
  form.set('files', new File([new Uint8Array(bytes)], '../../scan.nii.gz'))
  return form
}

test('a scan is sent once, asked about and removed; its doubts come with the labels', async () => {
  const url = await serverWith()
  const info = await (await fetch(`${url}/info/`)).json()
  expect(Object.keys(info.models)).toEqual(['otomark'])
  const { session_id: id } = await (await fetch(`${url}/session/`, { method: 'PUT', body: scanForm() })).json()
  expect((await fetch(`${url}/session/${id}`)).status).toBe(200)
  const answer = await fetch(`${url}/infer/otomark?image=&session_id=${id}`, { method: 'POST', body: new FormData() })
  const form = await answer.formData()
  expect(JSON.parse(String(form.get('params')))).toMatchObject({ landmarks: { markups: [] }, flags: [doubt] })
  const file = form.get('image')
  if (file === null || typeof file === 'string') throw new Error('no file')
  expect(new Uint8Array(await file.arrayBuffer())).toEqual(new Uint8Array([1, 2, 3]))
  expect((await fetch(`${url}/session/${id}`, { method: 'DELETE' })).status).toBe(200)
  expect((await fetch(`${url}/session/${id}`)).status).toBe(404)
})

test('labels come as NRRD where they are asked for so, and lie where they lay', async () => {
  const url = await serverWith()
  const body = scanForm(undefined, '{"result_extension": ".nrrd"}')
  const answer = await fetch(`${url}/infer/otomark?output=image`, { method: 'POST', body })
  const read = await decodeLabelMap('labels.nrrd', new Uint8Array(await answer.arrayBuffer()))
  expect(read.data).toEqual(labels.data)
  expect(read.geometry.origin).toEqual(smallGrid.origin)
  for (const [n, cosine] of read.geometry.direction.entries())
    expect(cosine).toBeCloseTo(smallGrid.direction[n] as number, 9)
})

test('with a token, nothing is served without it', async () => {
  const url = await serverWith({ token: 'right' })
  expect((await fetch(`${url}/info/`)).status).toBe(401)
  expect((await fetch(`${url}/info/`, { headers: { authorization: 'Bearer wrong' } })).status).toBe(401)
  expect((await fetch(`${url}/info/`, { headers: { authorization: 'Bearer right' } })).status).toBe(200)
})

test('a scan that is too large, a scan that cannot be read and a queue that is full are refused', async () => {
  const large = await serverWith({ maxBody: 100 })
  const sent = await fetch(`${large}/session/`, { method: 'PUT', body: scanForm(new Uint8Array(200)) })
  expect(sent.status).toBe(413)
  const unreadable = await serverWith({
    analyze: async () => {
      throw new InputError('scan', 'is damaged')
    }
  })
  const refused = await fetch(`${unreadable}/infer/otomark`, { method: 'POST', body: scanForm() })
  expect([refused.status, await refused.json()]).toEqual([422, { detail: 'scan: is damaged' }])
  let release = (): void => {}
  const held = new Promise<void>((resolve) => {
    release = resolve
  })
  const busy = await serverWith({
    maxWaiting: 0,
    analyze: async () => {
      await held
      return { nifti: new Uint8Array(1), nrrd: () => new Uint8Array(1), landmarks: {}, flags: [] }
    }
  })
  const { session_id: id } = await (await fetch(`${busy}/session/`, { method: 'PUT', body: scanForm() })).json()
  const ask = () => fetch(`${busy}/infer/otomark?session_id=${id}`, { method: 'POST' })
  const both = [ask(), ask()]
  const first = await Promise.race(both)
  expect(first.status).toBe(503)
  release()
  expect((await Promise.all(both)).map(({ status }) => status).sort()).toEqual([200, 503])
})
