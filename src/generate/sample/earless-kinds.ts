/** Scans without an ear: a skull phantom, heads above and below the ears, other parts of the body, test phantoms. */
export const earlessKinds = ['skull phantom', 'vertex', 'jaws', 'knee', 'abdomen', 'phantom'] as const
export type EarlessKind = (typeof earlessKinds)[number]
