/**
 * Figures of Stebani, Blaimer, Zabler, Neun, Pelt, Rak, "Towards fully automated inner ear analysis with
 * deep-learning-based joint segmentation and landmark detection framework", Scientific Reports 13:19057 (2023). Means
 * over their cadaver specimens (flat-panel CT, 0.099 mm) and clinical scans, all parts merged.
 */
export const paper = {
  citation: 'Stebani et al., Scientific Reports 13:19057 (2023), doi 10.1038/s41598-023-45466-9',
  specimens: { dice: 0.97, intersectionOverUnion: 0.94, averageHausdorff: 0.065, landmarkVoxels: 3.3 },
  clinical: { dice: 0.94, intersectionOverUnion: 0.89, averageHausdorff: 0.14, landmarkVoxels: 5.2 }
} as const

/** Edge in mm of the voxels in which the paper gives its landmark errors. */
export const paperVoxel = 0.099
