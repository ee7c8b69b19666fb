/**
 * The path among those that are there which a header means by a name: that very one, or the only one that differs in
 * nothing but how letters are composed (macOS stores `ö` as two characters), in their case or in backslashes for slashes.
 * @returns undefined where there is none, or more than one that could be meant
 */
export function pathMeant(paths: readonly string[], wanted: string): string | undefined {
  if (paths.includes(wanted)) return wanted
  const alike = paths.filter((path) => plain(path) === plain(wanted))
  return alike.length === 1 ? alike[0] : undefined
}

function plain(path: string): string {
  return path
    .replaceAll('\\', '/')
    .replace(/^(\.\/)+/, '')
    .normalize('NFC')
    .toLowerCase()
}
