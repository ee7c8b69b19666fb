"""Writes small images with nibabel, SimpleITK and pynrrd, so that the readers are tested against other writers.

    pip install numpy==2.4.6 nibabel==5.4.2 SimpleITK==2.5.7 pynrrd==1.1.3
    python make.py

Every image has 17 x 18 x 19 voxels, oblique axes (one of them left-handed), and the voxel (i, j, k) has the value
i + 20 j + 400 k - 1000. What a reader must find is in expected.json: LPS mm, direction row-major.
"""

import gzip
import json
from pathlib import Path

import nibabel
import nrrd
import numpy as np
import SimpleITK as sitk

here = Path(__file__).parent
size = (17, 18, 19)
i, j, k = np.meshgrid(*map(np.arange, size), indexing="ij")
values = (i + 20 * j + 400 * k - 1000).astype(np.int16)
expected = {}


def rotation(axis, angle):
    x, y, z = np.asarray(axis) / np.linalg.norm(axis)
    skew = np.array([[0, -z, y], [z, 0, -x], [-y, x, 0]])
    return np.eye(3) + np.sin(angle) * skew + (1 - np.cos(angle)) * skew @ skew


oblique = rotation([1, 2, -0.5], 0.6)
half_turn = rotation([0.3, 0.9, 0.1], np.pi)
left_handed = rotation([-1, 0.4, 2], 2.5) @ np.diag([1, 1, -1])
spacing = np.array([0.31, 0.42, 0.57])
origin = np.array([-61.25, 103.5, -512.125])
flip = np.diag([-1.0, -1.0, 1.0, 1.0])


def affine(direction, step=spacing):
    """Index to LPS."""
    a = np.eye(4)
    a[:3, :3] = direction * step
    a[:3, 3] = origin
    return a


def expect(name, direction, step=spacing):
    expected[name] = {
        "spacing": list(step),
        "origin": list(origin),
        "direction": list(direction.ravel()),
    }


def nifti(name, direction, data=values, qform=True, sform=True, cls=nibabel.Nifti1Image, change=None):
    image = cls(data, flip @ affine(direction))
    image.header.set_xyzt_units("mm")
    image.set_qform(flip @ affine(direction) if qform else None, code=1 if qform else 0)
    image.set_sform(flip @ affine(direction) if sform else None, code=1 if sform else 0)
    if change:
        change(image)
    nibabel.save(image, here / name)
    expect(name, direction)


nifti("oblique.nii.gz", oblique)
nifti("left-handed.nii.gz", left_handed)
nifti("qform-only.nii.gz", left_handed, sform=False)
nifti("qform-half-turn.nii.gz", half_turn, sform=False)
nifti("sform-only.nii.gz", left_handed, qform=False)
nifti("nifti-2.nii.gz", oblique, cls=nibabel.Nifti2Image)
nifti("float64.nii.gz", oblique, data=values.astype(np.float64))


def to_template(image):
    """An sform to a template that stretches the head; the qform is the scanner's."""
    image.set_sform(np.diag([1.1, 1.2, 0.9, 1]) @ flip @ affine(oblique), code=4)


nifti("template-sform.nii.gz", oblique, change=to_template)

# Slope 2 halves the values that are stored, so the odd ones are lost: the reader must find 2 * (value // 2).
rescaled = nibabel.Nifti1Image((values // 2 + 1000).astype(np.uint16), flip @ affine(oblique))
rescaled.header["scl_slope"], rescaled.header["scl_inter"] = 2, -2000
rescaled.header["vox_offset"] = 352
payload = rescaled.header.binaryblock + b"\0" * 4 + (values // 2 + 1000).astype("<u2").tobytes(order="F")
(here / "rescaled.nii.gz").write_bytes(gzip.compress(payload, mtime=0))
expect("rescaled.nii.gz", oblique)

big = nibabel.Nifti1Header(endianness=">")
big.set_data_shape(size)
big.set_data_dtype(np.int16)
big["vox_offset"] = 352
big.set_sform(flip @ affine(oblique), code=1)
big["magic"] = b"n+1"
payload = big.binaryblock + b"\0" * 4 + values.astype(">i2").tobytes(order="F")
(here / "big-endian.nii.gz").write_bytes(gzip.compress(payload, mtime=0))
expect("big-endian.nii.gz", oblique)

image = sitk.GetImageFromArray(values.transpose(2, 1, 0))
image.SetSpacing(spacing.tolist())
image.SetOrigin(origin.tolist())
image.SetDirection(left_handed.ravel().tolist())
for name in ("itk.nii.gz", "itk.nrrd", "itk.mha", "itk.mhd", "itk.nhdr"):
    sitk.WriteImage(image, str(here / name), useCompression=True)
    expect(name, left_handed)

ras = flip[:3, :3] @ left_handed * spacing
header = {
    "space": "right-anterior-superior",
    "space directions": ras.T,
    "space origin": flip[:3, :3] @ origin,
    "kinds": ["domain"] * 3,
    "endian": "big",
    "encoding": "gzip",
}
nrrd.write(str(here / "ras-big-endian.nrrd"), values.astype(">i2"), header)
expect("ras-big-endian.nrrd", left_handed)

(here / "expected.json").write_text(json.dumps(expected, indent=1) + "\n")
