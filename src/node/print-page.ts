import { execFile } from 'node:child_process'
import { constants } from 'node:fs'
import { access, readFile, writeFile } from 'node:fs/promises'
import { delimiter, join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { promisify } from 'node:util'
import { ResourceError } from '../core/errors.ts'
import { withTemporaryFolder } from './temporary-folder.ts'

/** Names under which Chromium and its kin are installed on Linux, and where they lie elsewhere. */
const names = ['chromium', 'chromium-browser', 'google-chrome-stable', 'google-chrome', 'microsoft-edge']
const places = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
  'C:\\Program Files (x86)\\Microsoft\\Edge\\Application\\msedge.exe'
]

const patience = 120_000

/** The environment a browser is looked for in: PATH, and OTOMARK_BROWSER, which names one. */
export type Environment = Readonly<Record<string, string | undefined>>

/**
 * The browser that prints pages.
 * @throws ResourceError when none is installed
 */
export async function findBrowser(environment: Environment): Promise<string> {
  const chosen = environment.OTOMARK_BROWSER
  const folders = (environment.PATH ?? '').split(delimiter).filter(Boolean)
  const candidates = chosen
    ? [chosen]
    : [...names.flatMap((name) => folders.map((folder) => join(folder, name))), ...places]
  for (const candidate of candidates) {
    if (await isExecutable(candidate)) return candidate
  }
  const missing = chosen ? `OTOMARK_BROWSER names ${chosen}, which cannot be run` : 'no Chromium or Chrome was found'
  throw new ResourceError(
    `printing a PDF: ${missing}; install one or set OTOMARK_BROWSER, or open report.html and print it`
  )
}

/**
 * Prints an HTML page that needs nothing else as PDF. The browser gets a profile of its own and no network.
 * @throws ResourceError when the browser fails
 */
export async function printPage(html: string, browser: string): Promise<Uint8Array> {
  return withTemporaryFolder(async (folder) => {
    const [page, pdf] = [join(folder, 'report.html'), join(folder, 'report.pdf')]
    await writeFile(page, html)
    const words = [
      '--headless',
      '--disable-gpu',
      '--no-first-run',
      '--disable-background-networking',
      '--host-resolver-rules=MAP * ~NOTFOUND',
      '--no-pdf-header-footer',
      `--user-data-dir=${join(folder, 'profile')}`,
      `--print-to-pdf=${pdf}`,
      // Chromium's sandbox refuses to start for root; the page runs no script.
      ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
      pathToFileURL(page).href
    ]
    try {
      await promisify(execFile)(browser, words, { timeout: patience })
      return new Uint8Array(await readFile(pdf))
    } catch (cause) {
      throw new ResourceError(`printing a PDF: ${browser} failed; open report.html and print it`, { cause })
    }
  })
}

async function isExecutable(path: string): Promise<boolean> {
  return access(path, constants.X_OK).then(
    () => true,
    () => false
  )
}
