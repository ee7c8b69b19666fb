import { isBuiltin } from 'node:module'
import { relative } from 'node:path'
import { type Plugin, rolldown } from 'rolldown'

/** An import of a Node module in what a browser would load. */
export interface NodeImport {
  readonly module: string
  /** The files that lead to it, from the entry point on, each imported by the one before it. */
  readonly path: readonly string[]
}

/**
 * Bundles files for a browser as a bundler for users would, packages included, and tells which Node modules are reached.
 * What a package replaces for browsers in its own `package.json` does not count.
 * @param entries paths relative to `root`
 */
export async function nodeImports(root: string, entries: readonly string[]): Promise<NodeImport[]> {
  const importedBy = new Map<string, string>()
  const found: { module: string; importer: string }[] = []
  const watch: Plugin = {
    name: 'watch-imports',
    async resolveId(source, importer, options) {
      if (importer === undefined) return null
      const resolved = await this.resolve(source, importer, { ...options, skipSelf: true })
      const inside = resolved !== null && !resolved.external
      if (inside && !importedBy.has(resolved.id)) importedBy.set(resolved.id, importer)
      if (inside) return resolved
      if (isBuiltin(source)) found.push({ module: source, importer })
      return { id: source, external: true }
    }
  }
  const bundle = await rolldown({
    cwd: root,
    input: [...entries],
    platform: 'browser',
    plugins: [watch],
    logLevel: 'silent'
  })
  try {
    await bundle.generate({ format: 'esm' })
  } finally {
    await bundle.close()
  }
  return found.map(({ module, importer }) => ({ module, path: pathTo(importer, importedBy, root) }))
}

function pathTo(file: string, importedBy: ReadonlyMap<string, string>, root: string): string[] {
  const path: string[] = []
  for (let at: string | undefined = file; at !== undefined; at = importedBy.get(at)) {
    const name = relative(root, at)
    if (path.includes(name)) break
    path.unshift(name)
  }
  return path
}
