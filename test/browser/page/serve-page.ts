import { readFile } from 'node:fs/promises'
import { createServer, type Server, type ServerResponse } from 'node:http'
import { basename } from 'node:path'
import { fileURLToPath } from 'node:url'
import { createViteServer } from 'vitest/node'
import { encodeGraph } from '../../../src/onnx/encode.ts'
import { Graph } from '../../../src/onnx/graph.ts'
import { relu } from '../../../src/onnx/operators/activation.ts'

/** Lets a page load from its own origin alone, and compile WebAssembly but no text. */
const policy = "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'"
const isolation = { 'Cross-Origin-Opener-Policy': 'same-origin', 'Cross-Origin-Embedder-Policy': 'require-corp' }
const html =
  '<!doctype html><title>otomark</title><body><script type="module" src="/test/browser/page/page.ts"></script>'
/** In place of Vite's client, which would open a socket for its own ends: what transformed modules take from it. */
const viteClient = 'export const injectQuery = (address) => address'
const types: Readonly<Record<string, string>> = { mjs: 'text/javascript', wasm: 'application/wasm' }

export interface ServedPage {
  readonly address: string
  close(): Promise<void>
}

/** Serves the page under a strict Content-Security-Policy. @param isolated whether it may share memory with threads */
export async function servePage(isolated: boolean): Promise<ServedPage> {
  const vite = await createViteServer({
    configFile: false,
    appType: 'custom',
    logLevel: 'error',
    server: { middlewareMode: true, hmr: false, ws: false, watch: null },
    optimizeDeps: { noDiscovery: true }
  })
  const server = createServer((request, response) => {
    response.setHeader('Content-Security-Policy', policy)
    if (isolated) for (const [name, value] of Object.entries(isolation)) response.setHeader(name, value)
    const { pathname } = new URL(request.url ?? '/', 'http://localhost')
    if (pathname === '/') send(response, 'text/html', html)
    else if (pathname === '/graph.onnx') send(response, 'application/octet-stream', rectifier())
    else if (pathname === '/favicon.ico') response.writeHead(204).end()
    else if (pathname === '/@vite/client') send(response, 'text/javascript', viteClient)
    else if (pathname.startsWith('/onnxruntime/')) void sendRuntimeFile(response, basename(pathname))
    else vite.middlewares(request, response)
  })
  return {
    address: await listen(server),
    async close() {
      server.closeAllConnections()
      await Promise.all([new Promise((done) => server.close(done)), vite.close()])
    }
  }
}

function rectifier(): Uint8Array {
  const graph = new Graph()
  graph.output('result', relu(graph, graph.input('image', [2])))
  return encodeGraph(graph)
}

async function sendRuntimeFile(response: ServerResponse, name: string): Promise<void> {
  const path = fileURLToPath(new URL(`../../../node_modules/onnxruntime-web/dist/${name}`, import.meta.url))
  send(response, types[name.split('.').at(-1) ?? ''] ?? 'text/plain', await readFile(path))
}

function send(response: ServerResponse, type: string, body: string | Uint8Array): void {
  response.setHeader('Content-Type', type)
  response.end(body)
}

function listen(server: Server): Promise<string> {
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(0, '127.0.0.1', () => {
      const address = server.address()
      if (typeof address === 'object' && address !== null) resolve(`http://127.0.0.1:${address.port}/`)
    })
  })
}
