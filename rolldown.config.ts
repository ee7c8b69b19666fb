import { defineConfig } from 'rolldown'

/**
 * Part of `npm run build`: the entry points of the library as few files, of which an import reads little; hundreds of small
 * ones take several times as long. Types, and the modules of the command line, stay as TypeScript has written them.
 */
const entries = ['index', 'node', 'browser', 'deprecated']

/** Packages of plain JavaScript in many files, of which the library takes what it uses: zod alone has a hundred. */
const bundled = ['zod', 'ml-levenberg-marquardt', 'ml-matrix', 'is-any-array']

export default defineConfig({
  input: Object.fromEntries(entries.map((name) => [name, `dist/${name}.js`])),
  external: (id) => !/^[./]/.test(id) && !bundled.includes(id),
  platform: 'neutral',
  // One folder below `dist`, as the modules are: what they find by their own address, such as the models, stays there.
  output: { dir: 'dist', entryFileNames: '[name].js', chunkFileNames: 'library/[name].js' }
})
