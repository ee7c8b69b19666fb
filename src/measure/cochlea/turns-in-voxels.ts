/** Voxels of a longer edge (mm) hold more than one of the upper turns, which are about 1 mm apart. */
const coarsestForTurns = 1

/** Why voxels of an edge (mm) do not show the turns of a cochlea; undefined where they do. */
export function whyNoTurns(voxelEdge: number): string | undefined {
  return voxelEdge <= coarsestForTurns ? undefined : `voxels of ${voxelEdge.toFixed(2)} mm do not resolve the turns`
}
