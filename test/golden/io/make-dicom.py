"""Writes the same small CT series in several transfer syntaxes with pydicom, each as a zip archive.

    pip install numpy==2.4.6 pydicom==3.0.2 pyjpegls==1.5.1
    python make-dicom.py

17 x 18 x 19 voxels; the voxel (i, j, k) has i + 20 j + 400 k - 1000 HU, stored as unsigned 16-bit numbers with an
intercept of -1024. Files are in a shuffled order. Geometry: see expected-dicom.json, LPS mm, direction row-major.
"""

import io
import json
import zipfile
from pathlib import Path

import numpy as np
from pydicom.dataset import Dataset, FileMetaDataset
from pydicom.uid import (
    CTImageStorage,
    ExplicitVRBigEndian,
    ExplicitVRLittleEndian,
    ImplicitVRLittleEndian,
    JPEGLSLossless,
    RLELossless,
)

here = Path(__file__).parent
columns, rows, slices = 17, 18, 19
j, i = np.meshgrid(np.arange(rows), np.arange(columns), indexing="ij")
x = np.array([0.8, 0.6, 0.0])
y = np.array([-0.36, 0.48, -0.8])
normal = np.cross(x, y)
origin = np.array([-61.25, 103.5, -512.125])
column_spacing, row_spacing, slice_spacing = 0.31, 0.42, 0.57


def write(name, syntax):
    with zipfile.ZipFile(here / name, "w", zipfile.ZIP_DEFLATED) as archive:
        for k in np.random.default_rng(1).permutation(slices):
            entry = zipfile.ZipInfo(f"DICOM/A{100 + k * 7 % slices}", (2020, 1, 1, 0, 0, 0))
            entry.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(entry, encode(int(k), syntax))


def encode(k, syntax):
    ds = Dataset()
    ds.SOPClassUID = CTImageStorage
    ds.SOPInstanceUID = f"2.25.2000.1.{k + 1}"
    ds.StudyInstanceUID = "2.25.2000"
    ds.SeriesInstanceUID = "2.25.2000.1"
    ds.Modality = "CT"
    ds.SeriesNumber = 3
    ds.SeriesDescription = "Temporal bone 0.6"
    ds.InstanceNumber = k + 1
    ds.SliceThickness = 0.6
    ds.ImagePositionPatient = [round(float(v), 9) for v in origin + normal * slice_spacing * k]
    ds.ImageOrientationPatient = [*x, *y]
    ds.PixelSpacing = [row_spacing, column_spacing]
    ds.Rows, ds.Columns = rows, columns
    ds.SamplesPerPixel = 1
    ds.PhotometricInterpretation = "MONOCHROME2"
    ds.BitsAllocated, ds.BitsStored, ds.HighBit, ds.PixelRepresentation = 16, 16, 15, 0
    ds.RescaleSlope, ds.RescaleIntercept = 1, -1024
    pixels = (i + 20 * j + 400 * k - 1000 + 1024).astype(np.uint16)
    ds.file_meta = FileMetaDataset()
    ds.file_meta.MediaStorageSOPClassUID = ds.SOPClassUID
    ds.file_meta.MediaStorageSOPInstanceUID = ds.SOPInstanceUID
    plain = syntax in (ExplicitVRLittleEndian, ImplicitVRLittleEndian, ExplicitVRBigEndian)
    ds.file_meta.TransferSyntaxUID = syntax if plain else ExplicitVRLittleEndian
    ds.PixelData = pixels.astype(">u2" if syntax == ExplicitVRBigEndian else "<u2").tobytes()
    ds["PixelData"].VR = "OW"
    if not plain:
        ds.compress(syntax, generate_instance_uid=False)
    out = io.BytesIO()
    ds.save_as(out, enforce_file_format=True)
    return out.getvalue()


for name, syntax in {
    "implicit.zip": ImplicitVRLittleEndian,
    "big-endian.zip": ExplicitVRBigEndian,
    "rle.zip": RLELossless,
    "jpeg-ls.zip": JPEGLSLossless,
}.items():
    write(name, syntax)

expected = {
    "spacing": [column_spacing, row_spacing, slice_spacing],
    "origin": list(origin),
    "direction": list(np.stack([x, y, normal], axis=1).ravel()),
}
(here / "expected-dicom.json").write_text(json.dumps(expected, indent=1) + "\n")
