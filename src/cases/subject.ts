/** Which subject a case's name speaks of: `p01_left`, `p01-R` and `p01` are ears of the head `p01`. */
export const subjectPattern = '^(.*?)(?:[-_ ]?(?:left|right|l|r))?$'

/**
 * Cases by the subject they are of, both in the order of the names: the ears of a head are no independent cases.
 * @param pattern a regular expression whose first group is the subject in a case's name
 */
export function bySubject<Case>(
  cases: readonly Case[],
  nameOf: (one: Case) => string,
  pattern = subjectPattern
): Map<string, Case[]> {
  const subjects = new Map<string, Case[]>()
  for (const one of cases) {
    const name = nameOf(one)
    const subject = new RegExp(pattern, 'i').exec(name)?.[1] || name
    const known = subjects.get(subject)
    if (known === undefined) subjects.set(subject, [one])
    else known.push(one)
  }
  return subjects
}
