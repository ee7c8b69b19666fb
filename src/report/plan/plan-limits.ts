/** The most that a plan can ask for: mm inside the cochlea; as a target, ° or % of the duct. */
export const planLimits = { insertion: 50, angle: 1080, percent: 100 } as const
