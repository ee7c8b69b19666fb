import { readFileSync } from 'node:fs'

/** A page of the site, as VitePress's sidebar takes it. */
export interface PageLink {
  readonly text: string
  readonly link: string
  readonly target?: string
}

/** The API reference is TypeDoc's HTML beside the pages: opened as any other page of the web. */
const apiReference = { text: 'API', link: '/api/index.html', target: '_self' } as const

/** Pages by what a reader wants of them (https://diataxis.fr), in reading order; paths in the repository. */
export const sections: readonly { readonly text: string; readonly pages: readonly string[] }[] = [
  { text: 'Start', pages: ['README.md', 'docs/README.md'] },
  { text: 'Tutorials', pages: ['docs/tutorials/first-result.md', 'docs/tutorials/own-model.md'] },
  {
    text: 'How-to',
    pages: [
      'docs/how-to/read-the-report.md',
      'docs/how-to/use-the-page.md',
      'docs/how-to/slicer-and-itk-snap.md',
      'docs/how-to/serve.md',
      'docs/how-to/python.md',
      'docs/how-to/library.md',
      'docs/how-to/cohort.md',
      'docs/how-to/cluster.md',
      'docs/how-to/pacs.md',
      'docs/how-to/plan-electrode.md',
      'docs/how-to/electrode.md',
      'docs/how-to/evaluate.md',
      'docs/how-to/train.md',
      'docs/how-to/ablation.md'
    ]
  },
  {
    text: 'Reference',
    pages: [
      'docs/reference/formats.md',
      'docs/reference/limits.md',
      'docs/reference/cases.md',
      'docs/reference/dicom.md',
      'docs/reference/model-file.md',
      'docs/reference/network.md',
      'docs/reference/robustness.md',
      'docs/reference/glossary.md'
    ]
  },
  { text: 'Concepts', pages: ['docs/concepts/generated-anatomy.md', 'docs/concepts/landmarks.md'] },
  {
    text: 'What was measured',
    pages: [
      'models/default/README.md',
      'studies/real-ct/README.md',
      'studies/real-bone/README.md',
      'studies/measurements/README.md',
      'studies/finding/README.md',
      'studies/plausibility/README.md',
      'studies/population/README.md',
      'studies/shape-coverage/README.md',
      'studies/ablation/README.md',
      'studies/fine-tuning/README.md',
      'studies/cohort/README.md',
      'studies/electrode/README.md',
      'bench/README.md'
    ]
  },
  { text: 'Project', pages: ['ARCHITECTURE.md', 'CONTRIBUTING.md', 'CHANGELOG.md'] }
]

/** Every section with its pages, each called by its heading. */
export function sidebar() {
  return sections.map(({ text, pages }) => ({
    text,
    items: [...pages.map(linkTo), ...(text === 'Reference' ? [apiReference] : [])]
  }))
}

/** What stands at the top: the first page of a kind, and the API. */
export const navigation: PageLink[] = [
  ...['Tutorials', 'How-to', 'Reference', 'Concepts'].map((kind) => {
    const first = sections.find(({ text }) => text === kind)?.pages[0] ?? ''
    return { text: kind, link: addressOf(first) }
  }),
  apiReference
]

function linkTo(page: string): PageLink {
  const text = readFileSync(new URL(`../../${page}`, import.meta.url), 'utf8')
  return { text: /^# (.*)$/m.exec(text)?.[1] ?? page, link: addressOf(page) }
}

function addressOf(page: string): string {
  return page === 'README.md' ? '/' : `/${page.replace(/\.md$/, '.html')}`
}
