import type { ScanInput } from './scan-files.ts'

const name = 'generated-ear.nii.gz'

/**
 * The generated scan that lies beside the page, fetched when it is asked for.
 * @throws Error if it cannot be fetched, such as without a network before it was ever opened
 */
export async function fetchExample(): Promise<ScanInput> {
  const response = await fetch(`example/${name}`)
  if (!response.ok) throw new Error(`the server answered ${response.status}`)
  return { name, content: [{ path: name, file: new File([await response.blob()], name) }] }
}
