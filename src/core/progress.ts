/** How far a long piece of work has come. `done` and `total` count whatever the stage counts (windows, steps, files). */
export interface ProgressEvent {
  readonly stage: string
  readonly done: number
  readonly total: number
}

export type ProgressListener = (event: ProgressEvent) => void

export const noProgress: ProgressListener = () => {}
