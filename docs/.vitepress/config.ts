import { defineConfig } from 'vitepress'
import { notice } from '../../src/report/result.ts'
import { completeSite } from './complete-site.ts'
import { navigation, sidebar } from './navigation.ts'

// What VitePress takes for a file, not for a page: what follows the last dot of a link's path, which LICENSE has none of.
process.env.VITE_EXTRA_EXTENSIONS = '/license'

/**
 * The documentation as a site: the repository's Markdown files where they lie, so that they read the same on a forge and
 * links between them hold in both places. `npm run docs` builds it into out/docs; `npm run docs -- --base /otomark/` for
 * a server that shows it in a folder of that name.
 */
export default defineConfig({
  title: 'otomark',
  description: `Finds, outlines, marks and measures the inner ear in CT. ${notice}`,
  lang: 'en',
  srcDir: '..',
  srcExclude: ['{coverage,dist,out,runs,test}/**'],
  outDir: '../out/docs',
  cacheDir: '../out/.vitepress',
  rewrites: { 'README.md': 'index.md' },
  // Text such as <folder> is text: the pages hold no HTML.
  markdown: { html: false },
  themeConfig: {
    notice,
    nav: navigation,
    sidebar: sidebar(),
    outline: [2, 3],
    search: { provider: 'local' },
    docFooter: { prev: false, next: false }
  },
  buildEnd: ({ outDir, srcDir, site: { base } }) => completeSite({ site: outDir, sources: srcDir, base })
})
