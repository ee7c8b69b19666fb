/** What is known of a quantity in real ears. */
export interface Reference {
  readonly name: string
  readonly unit: 'mm' | 'mm³' | '°'
  readonly source: Source
  readonly mean: number
  readonly sd: number
  /** Least, every tenth, and greatest, where single ears are known. */
  readonly deciles?: readonly number[]
}

/** Where real values come from. */
export const sources = {
  clicked:
    'distances and angles of landmarks: 70 real ears, clicked; supplement of Stebani et al., Scientific Reports 13:19057 (2023)',
  labyrinths: 'volume, extents and canals: 71 bony labyrinths in CT, a template fitted to each',
  skeletons: 'A, B and height of the cochlea: 42 of these labyrinths, their skeletons measured',
  published:
    'angle of all turns: 2¼ to 3 turns are published (Erixon et al. 2009, Biedron et al. 2009); the range is taken as four SD'
} as const
export type Source = keyof typeof sources

const labyrinths = (name: string, unit: Reference['unit'], mean: number, sd: number): Reference => ({
  name,
  unit,
  source: 'labyrinths',
  mean,
  sd
})
const clicked = (
  name: string,
  unit: Reference['unit'],
  mean: number,
  sd: number,
  deciles: readonly number[]
): Reference => ({ name, unit, source: 'clicked', mean, sd, deciles })

/** Real ears' means and standard deviations over ears. Angles between planes are acute. */
export const reference = {
  helicotrema_oval: clicked(
    'Helicotrema to oval window',
    'mm',
    6.648,
    0.629,
    [5.42, 5.8, 6.06, 6.21, 6.49, 6.72, 6.89, 6.98, 7.14, 7.41, 8.02]
  ),
  helicotrema_round: clicked(
    'Helicotrema to round window',
    'mm',
    6.863,
    0.536,
    [5.68, 6.27, 6.38, 6.51, 6.63, 6.81, 7.1, 7.2, 7.37, 7.56, 8.03]
  ),
  oval_round: clicked(
    'Oval to round window',
    'mm',
    2.895,
    0.223,
    [2.45, 2.63, 2.71, 2.77, 2.83, 2.92, 2.97, 2.99, 3.04, 3.14, 3.59]
  ),
  angle_at_oval: clicked(
    'Angle at the oval window',
    '°',
    81.71,
    7.54,
    [61.81, 73.39, 75.85, 77.21, 79.63, 82.48, 83.63, 85.91, 88.34, 90.97, 98.73]
  ),
  angle_at_round: clicked(
    'Angle at the round window',
    '°',
    73.69,
    8.4,
    [57.5, 63.18, 67.04, 68.73, 70.16, 72.22, 75.91, 78.98, 80.56, 83.9, 98.32]
  ),
  angle_at_helicotrema: clicked(
    'Angle at the helicotrema',
    '°',
    24.6,
    2.61,
    [19.87, 21.51, 22.37, 22.73, 23.72, 24.45, 25.38, 25.99, 26.72, 27.92, 30.44]
  ),
  volume: labyrinths('Volume of the labyrinth', 'mm³', 187.7, 24.4),
  length: labyrinths('Length of the labyrinth', 'mm', 17.61, 0.739),
  width: labyrinths('Width of the labyrinth', 'mm', 12.48, 0.657),
  thickness: labyrinths('Thickness of the labyrinth', 'mm', 9.4, 0.43),
  anterior_radius: labyrinths('Radius of the anterior canal', 'mm', 3.213, 0.204),
  posterior_radius: labyrinths('Radius of the posterior canal', 'mm', 3.319, 0.221),
  lateral_radius: labyrinths('Radius of the lateral canal', 'mm', 2.584, 0.151),
  anterior_tube_in_plane: labyrinths('Anterior tube, half width in its plane', 'mm', 0.565, 0.03),
  posterior_tube_in_plane: labyrinths('Posterior tube, half width in its plane', 'mm', 0.68, 0.036),
  lateral_tube_in_plane: labyrinths('Lateral tube, half width in its plane', 'mm', 0.717, 0.032),
  anterior_tube_across: labyrinths('Anterior tube, half width across', 'mm', 0.518, 0.022),
  posterior_tube_across: labyrinths('Posterior tube, half width across', 'mm', 0.492, 0.023),
  lateral_tube_across: labyrinths('Lateral tube, half width across', 'mm', 0.531, 0.032),
  anterior_out_of_plane: labyrinths('Anterior canal out of its plane, RMS', 'mm', 0.286, 0.04),
  posterior_out_of_plane: labyrinths('Posterior canal out of its plane, RMS', 'mm', 0.186, 0.06),
  lateral_out_of_plane: labyrinths('Lateral canal out of its plane, RMS', 'mm', 0.124, 0.031),
  anterior_posterior: labyrinths('Anterior to posterior canal plane', '°', 87.13, 2.04),
  anterior_lateral: labyrinths('Anterior to lateral canal plane', '°', 84.27, 3.73),
  posterior_lateral: labyrinths('Posterior to lateral canal plane', '°', 87.15, 2.82),
  a: { name: 'A of the cochlea', unit: 'mm', source: 'skeletons', mean: 9.043, sd: 0.412 },
  b: { name: 'B of the cochlea', unit: 'mm', source: 'skeletons', mean: 6.774, sd: 0.397 },
  height: { name: 'Height of the cochlear turns', unit: 'mm', source: 'skeletons', mean: 4.333, sd: 0.353 },
  total_angle: { name: 'Angle of all cochlear turns', unit: '°', source: 'published', mean: 945, sd: 67.5 }
} as const satisfies Readonly<Record<string, Reference>>

export type QuantityId = keyof typeof reference

/** Correlations over the ears of one source. */
export const correlations: readonly (readonly [QuantityId, QuantityId, number])[] = [
  ['helicotrema_oval', 'helicotrema_round', 0.77],
  ['helicotrema_oval', 'oval_round', -0.01],
  ['helicotrema_round', 'oval_round', 0.24],
  ['volume', 'a', 0.78],
  ['volume', 'b', 0.79],
  ['volume', 'height', 0.74],
  ['a', 'b', 0.66],
  ['a', 'height', 0.48],
  ['b', 'height', 0.68]
]
