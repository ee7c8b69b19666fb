"""Golden numbers for src/core/metrics from SimpleITK, MONAI, SciPy and NumPy: `python metrics_golden.py > test/golden/metrics/expected.json`.

pip install numpy scipy torch monai SimpleITK

Each case is a pair of unions of ellipsoids, rasterised at voxel centres on a grid (i fastest); the test rasterises them again from the numbers below.
"""

import json

import monai
import numpy as np
import scipy
import scipy.ndimage
import SimpleITK as sitk
import torch
from monai.metrics import compute_average_surface_distance, compute_hausdorff_distance

CASES = {
    "two_shifted_bodies": dict(size=[30, 28, 26], spacing=[0.3, 0.3, 0.3],
        predicted=[dict(center=[4.03, 4.11, 3.97], radii=[2.51, 1.93, 2.27])], truth=[dict(center=[4.37, 3.91, 4.13], radii=[2.33, 2.11, 2.03])]),
    "anisotropic_voxels": dict(size=[32, 26, 14], spacing=[0.2, 0.25, 0.61],
        predicted=[dict(center=[3.13, 3.07, 4.11], radii=[1.61, 1.37, 2.03])], truth=[dict(center=[3.03, 3.29, 4.37], radii=[1.83, 1.19, 2.41])]),
    "a_false_part_far_away": dict(size=[36, 24, 24], spacing=[0.4, 0.4, 0.4],
        predicted=[dict(center=[3.11, 4.07, 4.03], radii=[2.03, 1.71, 1.81]), dict(center=[12.03, 7.11, 7.07], radii=[0.83, 0.91, 0.77])],
        truth=[dict(center=[3.29, 4.03, 4.11], radii=[1.97, 1.83, 1.77])]),
    "apart_and_cut_by_the_border": dict(size=[24, 20, 20], spacing=[0.5, 0.5, 0.5],
        predicted=[dict(center=[-0.11, 4.07, 4.03], radii=[3.03, 2.71, 2.81])], truth=[dict(center=[9.29, 5.03, 4.11], radii=[1.97, 1.83, 1.77])]),
}


def rasterise(bodies, size, spacing):
    """[k, j, i]"""
    k, j, i = np.meshgrid(*[np.arange(n) for n in size[::-1]], indexing="ij")
    mask = np.zeros(size[::-1], bool)
    for body in bodies:
        mask |= sum(((index * step - c) / r) ** 2 for index, step, c, r in zip((i, j, k), spacing, body["center"], body["radii"])) <= 1
    return mask


def overlap(predicted, truth):
    """SimpleITK's volume similarity is signed, 2 (P - T) / (P + T); Taha & Hanbury's is 1 - |P - T| / (P + T)."""
    f = sitk.LabelOverlapMeasuresImageFilter()
    f.Execute(*[sitk.GetImageFromArray(m.astype(np.uint8)) for m in (predicted, truth)])
    return dict(dice=f.GetDiceCoefficient(), intersection_over_union=f.GetJaccardCoefficient(), volumetric_similarity=1 - abs(f.GetVolumeSimilarity()) / 2)


def surface(predicted, truth, spacing):
    """MONAI looks at the masks as they are cut by the grid; one empty voxel around them makes the grid's border like any other place."""
    tensors = [torch.from_numpy(np.pad(m, 1)[None, None].astype(np.float32)) for m in (predicted, truth)]
    options = dict(include_background=True, spacing=spacing[::-1])
    one_way = [compute_average_surface_distance(a, b, symmetric=False, **options).item() for a, b in (tensors, tensors[::-1])]
    borders = [int((np.pad(m, 1) & ~scipy.ndimage.binary_erosion(np.pad(m, 1))).sum()) for m in (predicted, truth)]
    symmetric = compute_average_surface_distance(*tensors, symmetric=True, **options).item()
    assert abs(symmetric - np.average(one_way, weights=borders)) < 1e-5
    return dict(average_surface_distance=symmetric, hausdorff_95=compute_hausdorff_distance(*tensors, percentile=95, **options).item())


def average_hausdorff(predicted, truth):
    """Over all foreground voxels, in voxels: the definition of Stebani et al. 2023, by SciPy's exact distance transform."""
    edt = scipy.ndimage.distance_transform_edt
    return max(edt(~truth)[predicted].mean(), edt(~predicted)[truth].mean())


def main():
    cases = {}
    for name, case in CASES.items():
        masks = [rasterise(case[k], case["size"], case["spacing"]) for k in ("predicted", "truth")]
        cases[name] = dict(case, voxels=[int(m.sum()) for m in masks],
            expected=dict(overlap(*masks), **surface(*masks, case["spacing"]), average_hausdorff=float(average_hausdorff(*masks))))
    made_by = f"SimpleITK {sitk.Version_VersionString()}, MONAI {monai.__version__}, SciPy {scipy.__version__}"
    print(json.dumps(dict(made_by=made_by, cases=cases), indent=2))


if __name__ == "__main__":
    main()
