import { fileURLToPath } from 'node:url'
import { Command } from 'commander'
import { UsageError } from '../core/errors.ts'
import { openBrowser } from './app/open-browser.ts'
import { servePage } from './app/serve-page.ts'

/** Where `npm run build` puts the page, seen from the built program and from its source. */
const pageFolder = fileURLToPath(new URL('../../dist/web', import.meta.url))

interface AppFlags {
  readonly port: string
  readonly open: boolean
}

/** `otomark app`: the page that analyses scans in the browser, served to this machine alone. */
export function appCommand(): Command {
  return new Command('app')
    .description('Serve the page that analyses and corrects scans in the browser; nothing is uploaded.')
    .option('--port <number>', 'on this machine; 0 for any that is free', '8737')
    .option('--no-open', 'do not open the browser')
    .action(serve)
}

async function serve(flags: AppFlags): Promise<void> {
  const port = Number(flags.port)
  if (!(Number.isInteger(port) && port >= 0 && port < 65536)) {
    throw new UsageError(`--port ${flags.port}: is not a port, which are whole numbers up to 65535`)
  }
  const { address, close } = await servePage(pageFolder, port)
  process.stdout.write(`otomark is at ${address}; Ctrl+C ends it\n`)
  if (flags.open) openBrowser(address)
  await new Promise<void>((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => resolve())
  })
  await close()
}
