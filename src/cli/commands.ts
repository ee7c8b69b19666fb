import type { Command } from 'commander'
import { analyzeCommand } from './analyze.ts'
import { appCommand } from './app.ts'
import { calibrateCommand } from './calibrate.ts'
import { evaluateCommand } from './evaluate.ts'
import { exportCommand } from './export.ts'
import { generateCommand } from './generate.ts'
import { pacsCommand } from './pacs.ts'
import { planCommand } from './plan.ts'
import { serveCommand } from './serve.ts'
import { studyCommand } from './study.ts'
import { trainCommand } from './train.ts'

/** Every command of `otomark`. */
export function allCommands(): Command[] {
  return [
    analyzeCommand(),
    appCommand(),
    calibrateCommand(),
    evaluateCommand(),
    exportCommand(),
    generateCommand(),
    pacsCommand(),
    planCommand(),
    serveCommand(),
    studyCommand(),
    trainCommand()
  ]
}
