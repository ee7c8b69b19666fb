/// <reference lib="webworker" />
export {}

/** What the build puts here: a name for this version, its files, those needed at once, and the headers of all of them. */
declare const version: string
declare const files: readonly string[]
declare const shell: readonly string[]
declare const headers: Readonly<Record<string, string>>

declare const self: ServiceWorkerGlobalScope

/** Files that are being fetched: who asks meanwhile gets the same answer. */
const underway = new Map<string, Promise<Response>>()

self.addEventListener('install', (event) => {
  event.waitUntil(Promise.all(shell.map((name) => answer(name).then((response) => response.arrayBuffer()))))
})

self.addEventListener('activate', (event) => {
  event.waitUntil(removeOthers().then(() => self.clients.claim()))
})

self.addEventListener('fetch', (event) => {
  const { origin, pathname } = new URL(event.request.url)
  const scope = new URL(self.registration.scope)
  if (event.request.method !== 'GET' || origin !== scope.origin || !pathname.startsWith(scope.pathname)) return
  const name = pathname.slice(scope.pathname.length) || 'index.html'
  if (files.includes(name)) event.respondWith(answer(name))
})

/** A file from the cache, or from the network on its first use; it is then kept. */
async function answer(name: string): Promise<Response> {
  const cache = await caches.open(version)
  const kept = await cache.match(addressOf(name))
  if (kept !== undefined) return withHeaders(kept)
  const fetching = underway.get(name) ?? fetchAndKeep(cache, name).finally(() => underway.delete(name))
  underway.set(name, fetching)
  return withHeaders((await fetching).clone())
}

async function fetchAndKeep(cache: Cache, name: string): Promise<Response> {
  const response = await fetch(addressOf(name))
  if (response.ok) await cache.put(addressOf(name), response.clone())
  return response
}

function addressOf(name: string): string {
  return new URL(name === 'index.html' ? './' : name, self.registration.scope).href
}

/** Isolation and policy also where the server sends none: threads come with the second visit. */
function withHeaders(response: Response): Response {
  if (!response.ok) return response
  const all = new Headers(response.headers)
  for (const [name, value] of Object.entries(headers)) all.set(name, value)
  return new Response(response.body, { status: response.status, headers: all })
}

async function removeOthers(): Promise<void> {
  for (const name of await caches.keys()) if (name.startsWith('otomark ') && name !== version) await caches.delete(name)
}
