import type { CaseFiles } from './case-files.ts'

/** The cases of a folder or list. */
export interface CaseSet {
  /** In the order of their names. */
  readonly cases: readonly CaseFiles[]
  /** What a reader should know of how they were understood, such as which labels are left out. */
  readonly notes: readonly string[]
}
