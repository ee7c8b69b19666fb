import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { encodePart, firstPart } from '../../src/clinic/dicomweb/multipart.ts'
import { checkUid, findSeries } from '../../src/clinic/dicomweb/search.ts'
import { ask, type ServerSettings } from '../../src/clinic/dicomweb/server.ts'
import { AccessError, InputError, ResourceError } from '../../src/core/errors.ts'

type Answer = { readonly status: number; readonly body?: string; readonly headers?: Record<string, string> }

let url = ''
let answer: (path: string) => Answer = () => ({ status: 404 })
const asked: string[] = []
const service = createServer((request, response) => {
  asked.push(request.url ?? '')
  const { status, body = '', headers = {} } = answer(request.url ?? '')
  response.writeHead(status, headers).end(body)
})

beforeAll(async () => {
  await new Promise<void>((resolve) => service.listen(0, '127.0.0.1', resolve))
  url = `http://127.0.0.1:${(service.address() as AddressInfo).port}/dicom-web`
})
afterAll(() => service.close())

const settings = (): ServerSettings => ({ url, retries: 2, firstDelay: 1 })
const request = { path: '/studies', accept: 'application/dicom+json' }

test('an object comes out of a body as it went in, whatever its bytes', () => {
  const bytes = fc.uint8Array({ maxLength: 200 })
  fc.assert(
    fc.property(bytes, (content) => {
      const body = encodePart(content, 'b.1')
      expect(firstPart(body, 'multipart/related; type="application/dicom"; boundary="b.1"')).toEqual(content)
    })
  )
})

test('an object that holds the boundary’s text is whole where its length is given', () => {
  const content = 'DICM\r\n--b\r\nmore'
  const body = new TextEncoder().encode(
    `--b\r\nContent-Length: ${content.length}\r\n\r\n${content}\r\n--b\r\n\r\nx\r\n--b--`
  )
  expect(new TextDecoder().decode(firstPart(body, 'multipart/related; boundary=b'))).toBe(content)
})

test('a request is sent again while the server is overloaded, and no further', async () => {
  let left = 2
  answer = () => (left-- > 0 ? { status: 503 } : { status: 200, body: '[]' })
  expect((await ask(settings(), request)).status).toBe(200)
  answer = () => ({ status: 503 })
  asked.length = 0
  await expect(ask(settings(), request)).rejects.toThrow(ResourceError)
  expect(asked.length).toBe(3)
})

test('wrong credentials are an error of their own, and are not tried again', async () => {
  answer = () => ({ status: 401 })
  asked.length = 0
  await expect(ask(settings(), request)).rejects.toThrow(AccessError)
  expect(asked.length).toBe(1)
})

test('a redirection to another address is not followed', async () => {
  answer = () => ({ status: 302, headers: { location: 'http://127.0.0.1:9/' } })
  await expect(ask({ ...settings(), retries: 0 }, request)).rejects.toThrow(/^the DICOMweb server cannot be reached$/)
})

test('a response larger than is allowed is refused', async () => {
  answer = () => ({ status: 200, body: 'x'.repeat(2000) })
  await expect(ask({ ...settings(), maxBytes: 1000 }, request)).rejects.toThrow(/more than 1000 bytes/)
})

test('a server that passes over the offset gives each series once', async () => {
  const one = (uid: string) => ({ '0020000E': { vr: 'UI', Value: [uid] }, '00201209': { vr: 'IS', Value: [19] } })
  answer = () => ({ status: 200, body: JSON.stringify([one('1.2'), one('1.3')]) })
  expect((await findSeries(settings(), {})).map(({ seriesUid }) => seriesUid)).toEqual(['1.2', '1.3'])
  answer = () => ({ status: 200, body: '<html>' })
  await expect(findSeries(settings(), {})).rejects.toThrow(/no DICOM JSON/)
})

test('what is no UID never becomes a part of an address or a path', () => {
  for (const text of ['', '../x', '1.2/3', '1..2', '1.2?x', '1'.repeat(65)])
    expect(() => checkUid(text)).toThrow(InputError)
  expect(checkUid('1.2.840.10008')).toBe('1.2.840.10008')
})
