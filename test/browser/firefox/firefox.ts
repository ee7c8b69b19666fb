import { type ChildProcess, spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { type Browser, launch } from 'puppeteer-core'

/** Where Debian and others put Firefox; OTOMARK_FIREFOX names another. */
const places = ['/usr/bin/firefox-esr', '/usr/bin/firefox']

/** Path of a Firefox; undefined without one. */
export function findFirefox(): string | undefined {
  return process.env.OTOMARK_FIREFOX ?? places.find((path) => existsSync(path))
}

/** A screen in memory, on which Firefox draws WebGL in software; headless it has none. */
const xvfb = '/usr/bin/Xvfb'

export function hasScreen(): boolean {
  return existsSync(xvfb)
}

/** A Firefox that is driven by WebDriver BiDi. */
export interface OpenFirefox {
  readonly browser: Browser
  close(): Promise<void>
}

/** @param onScreen whether it has a screen, and so WebGL */
export async function openFirefox(executablePath: string, onScreen: boolean): Promise<OpenFirefox> {
  const screen = onScreen ? await openScreen() : undefined
  const browser = await launch({
    browser: 'firefox',
    executablePath,
    // A call waits as long as an analysis takes, which tests bound; Puppeteer would end it after 180 s.
    protocolTimeout: 0,
    headless: screen === undefined,
    // Not Chromium's graphics libraries, which other tests of this folder are given.
    env: { ...process.env, LD_LIBRARY_PATH: undefined, ...(screen && { DISPLAY: `:${screen.display}` }) },
    extraPrefsFirefox: { 'webgl.force-enabled': true, 'security.sandbox.content.level': 0 }
  })
  return {
    browser,
    async close() {
      await browser.close()
      screen?.process.kill()
    }
  }
}

/** Starts a screen on the first display that is free. */
async function openScreen(): Promise<{ readonly process: ChildProcess; readonly display: string }> {
  const words = ['-displayfd', '1', '-screen', '0', '1400x900x24', '-nolisten', 'tcp']
  const started = spawn(xvfb, words, { stdio: ['ignore', 'pipe', 'ignore'] })
  const display = await new Promise<string>((resolve, reject) => {
    started.stdout?.once('data', (bytes: Buffer) => resolve(bytes.toString().trim()))
    started.once('exit', () => reject(new Error('Xvfb ended before it named its display')))
  })
  return { process: started, display }
}
