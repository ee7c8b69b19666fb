/** Names, beside hidden ones, of what operating systems and network drives leave in a folder or an archive. */
const leftovers = new Set([
  '__macosx',
  'thumbs.db',
  'ehthumbs.db',
  'desktop.ini',
  '$recycle.bin',
  'system volume information',
  '#recycle',
  '@eadir',
  'lost+found'
])

/**
 * Whether a file or folder is passed over wherever a folder or an archive is looked through: hidden ones (`._ct.nii.gz`
 * of macOS, `.ipynb_checkpoints`, `.DS_Store`) and what an operating system leaves behind (`__MACOSX`).
 * @param name without its folders
 */
export function isPassedOver(name: string): boolean {
  return name.startsWith('.') || leftovers.has(name.toLowerCase())
}

/** The same of a path: passed over where any of its folders is. Both kinds of slash part names. */
export function isPathPassedOver(path: string): boolean {
  return path.split(/[/\\]/).some((name) => name !== '.' && name !== '..' && isPassedOver(name))
}
