import population from '../../ear/population.json' with { type: 'json' }

/**
 * Population facts of 42 bony labyrinths in CT (a template fitted to real ears): the mean of a parametric skeleton and
 * its eight leading modes of variation at +1 SD. Millimetres in the ear frame of a right ear: X lateral, Y anterior,
 * Z superior (normal of the lateral canal), origin in the middle of the vestibule. A subject is mean + sum of b_i mode_i
 * with b_i ~ N(0, 1). Cochlea rows are x, y, z, s_rr, s_rz, s_zz (section axes: radial from the modiolar axis and
 * towards the apex); canal rows x, y, z, s_in_plane, s_out_of_plane; ellipsoid rows centre and symmetric shape matrix
 * Sxx, Syy, Szz, Sxy, Sxz, Syz; points are oval window, round window, apex.
 */
export const {
  layout,
  mean,
  modes
}: {
  readonly layout: readonly { readonly name: string; readonly rows: number; readonly columns: number }[]
  readonly mean: readonly number[]
  readonly modes: readonly (readonly number[])[]
} = population
