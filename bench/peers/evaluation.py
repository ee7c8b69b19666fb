"""Recomputes an evaluation's figures from the files with nibabel and SciPy, and says how far they differ.

    pip install nibabel scipy
    python bench/peers/evaluation.py EVALUATION.json CASES PREDICTIONS

CASES holds folders with labels.nii.gz and truth.json, or NAME_truth.nii.gz and NAME_truth.json; PREDICTIONS is a
cohort of `otomark analyze`, one ear in each scan. Exit code 1 when any figure differs by more than 1e-3.
"""
import json
import sys
from pathlib import Path

import nibabel
import numpy
from scipy import ndimage

LABELS = {"labyrinth": (1, 2, 3), "cochlea": (1,), "vestibule": (2,), "semicircular_canals": (3,)}


def figures(predicted, truth, spacing):
    both, union = (predicted & truth).sum(), (predicted | truth).sum()
    sizes = predicted.sum(), truth.sum()
    inside = [ndimage.distance_transform_edt(~mask) for mask in (truth, predicted)]
    borders = [mask & ~ndimage.binary_erosion(mask) for mask in (predicted, truth)]
    away = [ndimage.distance_transform_edt(~border, sampling=spacing) for border in borders]
    surface = away[1][borders[0]], away[0][borders[1]]
    return {
        "dice": 2 * both / sum(sizes),
        "intersectionOverUnion": both / union,
        "volumetricSimilarity": 1 - abs(int(sizes[0]) - int(sizes[1])) / sum(sizes),
        "averageHausdorff": max(inside[0][predicted].mean(), inside[1][truth].mean()),
        "averageSurfaceDistance": numpy.concatenate(surface).mean(),
        "hausdorff95": max(numpy.percentile(one, 95) for one in surface),
    }


def main(evaluation, cases, predictions):
    worst = {}

    def compare(name, ours, theirs):
        worst[name] = max(worst.get(name, 0.0), abs(ours - float(theirs)))

    for case in json.loads(Path(evaluation).read_text())["cases"]:
        name, folder = case["id"], Path(predictions) / "cases" / case["id"]
        own = Path(cases) / name
        labels, told = (own / "labels.nii.gz", own / "truth.json") if own.is_dir() else (
            Path(cases) / f"{name}_truth.nii.gz", Path(cases) / f"{name}_truth.json")
        image, answer = nibabel.load(labels), nibabel.load(folder / "labels.nii.gz")
        assert numpy.allclose(image.affine, answer.affine, atol=1e-3), f"{name}: the grids differ"
        truth, predicted = numpy.asarray(image.dataobj), numpy.asarray(answer.dataobj)
        spacing = numpy.linalg.norm(image.affine[:3, :3], axis=0)
        for region, ours in case["outlines"].items():
            masks = [numpy.pad(numpy.isin(one, LABELS[region]), 1) for one in (predicted, truth)]
            for metric, value in figures(*masks, spacing).items():
                compare(metric, ours[metric], value)
        known = json.loads(told.read_text())["landmarks"]
        points = json.loads((folder / "landmarks.mrk.json").read_text())["markups"][0]["controlPoints"]
        found = {one["description"].split(",")[0]: one for one in points if one["positionStatus"] == "defined"}
        for ear in case["ears"]:
            for mark in ear["landmarks"]:
                if mark["outcome"] == "found":
                    theirs = numpy.linalg.norm(numpy.subtract(found[mark["id"]]["position"], known[mark["id"]]))
                    compare(mark["id"], mark["error"], theirs)
    for name, difference in worst.items():
        print(f"{name}: {difference:.1e}")
    return 0 if worst and max(worst.values()) <= 1e-3 else 1


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
