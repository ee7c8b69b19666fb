import type { Command } from 'commander'

/** How each command of `otomark` is loaded: one of them alone starts in half the time of all. */
const load = {
  analyze: async () => (await import('./analyze.ts')).analyzeCommand(),
  app: async () => (await import('./app.ts')).appCommand(),
  calibrate: async () => (await import('./calibrate.ts')).calibrateCommand(),
  evaluate: async () => (await import('./evaluate.ts')).evaluateCommand(),
  export: async () => (await import('./export.ts')).exportCommand(),
  generate: async () => (await import('./generate.ts')).generateCommand(),
  pacs: async () => (await import('./pacs.ts')).pacsCommand(),
  plan: async () => (await import('./plan.ts')).planCommand(),
  serve: async () => (await import('./serve.ts')).serveCommand(),
  study: async () => (await import('./study.ts')).studyCommand(),
  train: async () => (await import('./train.ts')).trainCommand()
} satisfies Readonly<Record<string, () => Promise<Command>>>

/** Every command of `otomark`. */
export function allCommands(): Promise<Command[]> {
  return Promise.all(Object.values(load).map((one) => one()))
}

/** The command that a command line names first, or asks help for; every command where it names none. @param words those after the program's name */
export async function commandsFor([first, second]: readonly string[]): Promise<Command[]> {
  const named = Object.entries(load).find(([name]) => name === (first === 'help' ? second : first))
  return named === undefined ? allCommands() : [await named[1]()]
}
