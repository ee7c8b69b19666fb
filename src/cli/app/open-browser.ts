import { spawn } from 'node:child_process'

/** Opens an address in the user's browser; where that fails, the user still has the address. */
export function openBrowser(address: string): void {
  const [program, ...words] = {
    darwin: ['open', address],
    win32: ['cmd', '/c', 'start', '', address]
  }[process.platform as string] ?? ['xdg-open', address]
  const child = spawn(program as string, words, { stdio: 'ignore', detached: true })
  child.on('error', () => {})
  child.unref()
}
