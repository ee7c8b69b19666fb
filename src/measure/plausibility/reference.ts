/** Mean and standard deviation over ears. */
export interface Spread {
  readonly mean: number
  readonly sd: number
}

/**
 * Distances (mm) helicotrema–oval window, helicotrema–round window, oval–round window of 70 real ears: mean and
 * covariance (mm²) of the clicked landmarks in the supplement of Stebani et al., Scientific Reports 13:19057 (2023).
 */
export const landmarkTriangle = {
  mean: [6.648, 6.863, 2.895],
  covariance: [
    [0.3959, 0.2585, -0.0021],
    [0.2585, 0.2869, 0.0291],
    [-0.0021, 0.0291, 0.0496]
  ]
} as const

/** Volume (mm³) of the bony labyrinth of 71 real ears in CT, a template fitted to each. */
export const labyrinthVolume: Spread = { mean: 187.7, sd: 24.4 }
