/** What the page may load: its own files and nothing else. WebAssembly may be compiled, text may not. */
const policy = [
  "default-src 'none'",
  "script-src 'self' 'wasm-unsafe-eval'",
  "worker-src 'self'",
  // ITK's unpacker has its WebAssembly in a data: address, which leads nowhere but into the page.
  "connect-src 'self' data:",
  "style-src 'self'",
  "img-src 'self' data: component:",
  "manifest-src 'self'",
  "base-uri 'none'",
  "form-action 'none'"
]

/** The Content-Security-Policy as a page can carry it in itself. */
export const pagePolicy = policy.join('; ')

/**
 * Headers of every file of the page. The page works without them, then on one thread: threads need the isolation of the
 * second and third. Its service worker adds them where a server does not.
 */
export const pageHeaders: Readonly<Record<string, string>> = {
  'Content-Security-Policy': `${pagePolicy}; frame-ancestors 'none'`,
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Embedder-Policy': 'require-corp',
  'Cross-Origin-Resource-Policy': 'same-origin',
  'Referrer-Policy': 'no-referrer',
  'X-Content-Type-Options': 'nosniff'
}
