import { rm } from 'node:fs/promises'
import type { TestProject } from 'vitest/node'
import { type Installation, installPackage } from './installed-project.ts'

declare module 'vitest' {
  interface ProvidedContext {
    readonly installation: Installation
  }
}

/** Packs and installs once for all test files. @returns what removes the project */
export default async function setup({ provide }: TestProject): Promise<() => Promise<void>> {
  const installation = await installPackage()
  provide('installation', installation)
  return () => rm(installation.base, { recursive: true, force: true })
}
