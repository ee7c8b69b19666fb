/** A file's name without the folders it lies in, which may say more than the report should. */
export function fileName(path: string): string {
  return path.split(/[\\/]/).filter(Boolean).at(-1) ?? path
}
