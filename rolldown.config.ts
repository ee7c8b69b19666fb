import { defineConfig } from 'rolldown'

/**
 * Part of `npm run build`: the entry points of the library as few files, of which an import reads little; hundreds of small
 * ones take several times as long. Types, and the rooms for the command line, stay as TypeScript has written them.
 */
const entries = ['index', 'node', 'browser', 'deprecated']

export default defineConfig({
  input: Object.fromEntries(entries.map((name) => [name, `dist/${name}.js`])),
  external: (id) => !/^[./]/.test(id),
  platform: 'neutral',
  // One folder below `dist`, as the rooms are: what they find by their own address, such as the models, stays there.
  output: { dir: 'dist', entryFileNames: '[name].js', chunkFileNames: 'library/[name].js' }
})
