/** The files of a plan. */
export const planFileNames = ['plan.csv', 'plan.svg', 'plan.json']
