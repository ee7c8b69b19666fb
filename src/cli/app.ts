import { fileURLToPath } from 'node:url'
import { Command } from 'commander'
import { openBrowser } from './app/open-browser.ts'
import { servePage } from './app/serve-page.ts'
import { wholeNumber } from './parsers.ts'
import { stopped } from './until-stopped.ts'

/** Where `npm run build` puts the page, seen from the built program and from its source. */
const pageFolder = fileURLToPath(new URL('../../dist/web', import.meta.url))

interface AppFlags {
  readonly port: number
  readonly open: boolean
}

/** `otomark app`: the page that analyses scans in the browser, served to this machine alone. */
export function appCommand(): Command {
  return new Command('app')
    .description('Serve the page that analyses and corrects scans in the browser; nothing is uploaded.')
    .option('--port <number>', 'on this machine; 0 for any that is free', wholeNumber(0, 65535), 8737)
    .option('--no-open', 'do not open the browser')
    .action(serve)
}

async function serve({ port, open }: AppFlags): Promise<void> {
  const { address, close } = await servePage(pageFolder, port)
  process.stdout.write(`otomark is at ${address}; Ctrl+C ends it\n`)
  if (open) openBrowser(address)
  await stopped()
  await close()
}
