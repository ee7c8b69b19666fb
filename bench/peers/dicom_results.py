"""Reads segmentation.dcm and report.dcm of a result with highdicom, pydicom and dcmqi, and compares them with what the
same result holds in labels.nii.gz and result.json. Needs: numpy nibabel pydicom highdicom dcmqi (pip).

python bench/peers/dicom_results.py SERIES RESULT   exits 1 where anything differs
"""

import json
import subprocess
import sys
import tempfile
import warnings
from pathlib import Path

import highdicom as hd
import nibabel as nib
import numpy as np
import pydicom

warnings.simplefilter("ignore")
series, result_folder = Path(sys.argv[1]), Path(sys.argv[2])
result = json.loads((result_folder / "result.json").read_text())
failures = []


def check(name, holds, detail=""):
    print(("ok   " if holds else "FAIL ") + name + (f": {detail}" if detail else ""))
    if not holds:
        failures.append(name)


def lps(path):
    image = nib.load(path)
    affine = image.affine.copy()
    affine[:2] *= -1
    return np.asarray(image.dataobj), affine


def at(affine, indices):
    return affine[:3, :3] @ indices.T + affine[:3, 3:]


labels, to_world = lps(result_folder / "labels.nii.gz")
to_index = np.linalg.inv(to_world)
sources = [pydicom.dcmread(path, stop_before_pixels=True) for path in series.rglob("*") if path.is_file()]
sources = {source.SOPInstanceUID: source for source in sources if source.get("Modality") == "CT"}
multi = any(int(source.get("NumberOfFrames", 1)) > 1 for source in sources.values())
source = next(iter(sources.values()))

# --- segmentation, by highdicom: every pixel of every frame, where its source plane puts it
seg = hd.seg.segread(result_folder / "segmentation.dcm")
for keyword in ("PatientName", "PatientID", "StudyInstanceUID", "FrameOfReferenceUID"):
    check(f"{keyword} is the source's", str(seg.get(keyword)) == str(source.get(keyword)), str(seg.get(keyword)))
label_of = {"cochlea": 1, "vestibule": 2, "semicircular_canals": 3}
numbers = {n: label_of[seg.get_segment_description(n).tracking_id.split()[-1]] for n in seg.segment_numbers}
pixels = seg.pixel_array if seg.pixel_array.ndim == 3 else seg.pixel_array[None]
placed, on_planes = [], True
for frame, group in zip(pixels, seg.PerFrameFunctionalGroupsSequence):
    position = np.array(group.PlanePositionSequence[0].ImagePositionPatient, float)
    cosines = np.array(
        seg.SharedFunctionalGroupsSequence[0].PlaneOrientationSequence[0].ImageOrientationPatient, float
    )
    down, across = map(float, seg.SharedFunctionalGroupsSequence[0].PixelMeasuresSequence[0].PixelSpacing)
    reference = group.DerivationImageSequence[0].SourceImageSequence[0]
    origin = sources[reference.ReferencedSOPInstanceUID]
    if multi:
        own = origin.PerFrameFunctionalGroupsSequence[int(reference.ReferencedFrameNumber) - 1]
        plane = own.PlanePositionSequence[0].ImagePositionPatient
    else:
        plane = origin.ImagePositionPatient
    on_planes &= bool(np.allclose(np.array(plane, float), position, atol=1e-6))
    j, i = np.nonzero(frame)
    world = position[:, None] + np.outer(cosines[:3], i) * across + np.outer(cosines[3:], j) * down
    label = numbers[group.SegmentIdentificationSequence[0].ReferencedSegmentNumber]
    placed.append((world, np.full(len(i), label)))
check("frames lie on the planes of their source images", on_planes)
world = np.concatenate([one for one, _ in placed], axis=1)
values = np.concatenate([one for _, one in placed])
index = at(to_index, world.T)
nearest = np.round(index).astype(int)
offset = float(np.abs(index - nearest).max())
regular = offset < 0.01
same = np.zeros(labels.shape, labels.dtype)
inside = ((nearest >= 0) & (nearest < np.array(labels.shape)[:, None])).all(axis=0)
same[tuple(nearest[:, inside])] = values[inside]
if regular:
    check("highdicom: the identical label map", bool((same == labels).all()), f"{int((labels > 0).sum())} voxels")
else:
    for number in (1, 2, 3):
        there = at(to_world, np.argwhere(labels == number)).mean(axis=1)
        here = world[:, values == number].mean(axis=1)
        apart = float(np.linalg.norm(there - here))
        check(f"label {number}: centroid on the tilted planes", apart < 0.1, f"{apart:.3f} mm apart")
if not multi and regular:
    ids = sorted(sources, key=lambda uid: float(at(to_index, np.array([sources[uid].ImagePositionPatient], float))[2, 0]))
    by_source = seg.get_pixels_by_source_instance(ids, assert_missing_frames_are_empty=True)
    combined = sum((by_source[..., n] * number for n, number in enumerate(numbers.values())), np.zeros(by_source.shape[:3]))
    check("highdicom: by source instance", bool((combined == labels.transpose(2, 1, 0)).all()))

# --- segmentation, by dcmqi
with tempfile.TemporaryDirectory() as folder:
    words = ["segimage2itkimage", "--inputDICOM", str(result_folder / "segmentation.dcm"), "-t", "nii", "--outputDirectory", folder]
    ran = subprocess.run(words, capture_output=True, text=True)
    check("dcmqi reads the segmentation", ran.returncode == 0 or not regular, ran.stdout[-200:] if ran.returncode else "")
    if ran.returncode == 0 and regular:
        meta = json.loads(next(Path(folder).glob("*.json")).read_text())
        whole = np.zeros(labels.shape, labels.dtype)
        for path in Path(folder).glob("*.nii.gz"):
            data, affine = lps(path)
            number = int(path.name.split("-")[-1].split(".")[0]) if "-" in path.name else int(path.name.split(".")[0])
            where = np.round(at(to_index, at(affine, np.argwhere(data > 0)).T)).astype(int)
            whole[tuple(where)] = numbers[number]
        check("dcmqi: the identical label map", bool((whole == labels).all()), f"{len(meta['segmentAttributes'])} segments")

# --- report, by highdicom
report = hd.sr.srread(result_folder / "report.dcm").content
volumetric = report.get_volumetric_roi_measurement_groups()
planar = report.get_planar_roi_measurement_groups()
whole_ears = report.get_image_measurement_groups()
ears = result["ears"]
defined = [(ear["side"], name, mark) for ear in ears for name, mark in ear["landmarks"].items() if mark["status"] == "defined"]
implants = [(ear["side"], ear["implant"]) for ear in ears if ear.get("implant", {}).get("status") == "found"]
contacts = [(side, contact) for side, implant in implants for contact in implant["contacts"]]
check("groups of the report", (len(volumetric), len(planar), len(whole_ears))
      == (3 * len(ears), len(defined) + len(contacts), len(ears) + len(implants)),
      f"{len(volumetric)} parts, {len(planar)} landmarks and contacts, {len(whole_ears)} ears and arrays")
read, bounds = [], []
for group in [*volumetric, *planar, *whole_ears]:
    for one in group.get_measurements():
        read.append(float(one[0].MeasuredValueSequence[0].FloatingPointValue))
        for child in one[0].get("ContentSequence", []):
            if child.ValueType == "NUM":
                bounds.append(float(child.MeasuredValueSequence[0].FloatingPointValue))
told = [m["value"] for ear in ears for m in ear["measurements"] if m["value"] is not None]
told += [mark["confidence"] for _, _, mark in defined if not mark.get("byHand")] + [ear["sideConfidence"] for ear in ears]
for _, contact in contacts:
    told += [contact["order"]] + ([contact["number"]] if "number" in contact else [])
    told += [contact["inside"][name] for name in ("angle", "depth", "frequency")] if "inside" in contact else []
    told += [] if contact.get("byHand") else [contact["confidence"]]
told += [number for _, implant in implants for number in (len(implant["contacts"]), implant["score"])]
intervals = [m["uncertainty"][end] for ear in ears for m in ear["measurements"]
             if m["value"] is not None and "uncertainty" in m for end in ("low", "high")]
check("highdicom: identical numbers", sorted(read) == sorted(told), f"{len(read)} of {len(told)}")
check("identical bounds of intervals", sorted(bounds) == sorted(intervals), f"{len(bounds)} of {len(intervals)}")
for side, name, mark in defined:
    group = next(one for one in planar if one.tracking_identifier == f"otomark {side} {name}")
    apart = float(np.abs(np.array(group.roi.value).ravel() - mark["position"]).max())
    check(f"{side} {name}", apart < 1e-5, f"{apart:.1e} mm apart")
for side, contact in contacts:
    group = next(one for one in planar if one.tracking_identifier == f"otomark {side} contact {contact['order']}")
    apart = float(np.abs(np.array(group.roi.value).ravel() - contact["position"]).max())
    check(f"{side} contact {contact['order']}", apart < 1e-5, f"{apart:.1e} mm apart")
# What is said in codes: flags, and of what a person set or corrected, that they did.
says = lambda group, code: [one for one in group.get_qualitative_evaluations() if one.name.value == code]
by_hand = sum(1 for group in planar if says(group, "SETBY"))
placed = sum(1 for *_, mark in [*defined, *contacts] if mark.get("byHand"))
check("landmarks and contacts by hand", by_hand == placed, f"{by_hand} of {placed}")
for side, implant in implants:
    group = next(one for one in whole_ears if one.tracking_identifier == f"otomark {side} electrode array")
    model = [item.TextValue for item in group[0].ContentSequence if item.ConceptNameCodeSequence[0].CodeValue == "113879"]
    check(f"{side} array", model == [implant["array"]["model"]], " ".join(model))
painted = sum(1 for group in volumetric if says(group, "SETBY"))
half = sum(1 for n in seg.segment_numbers if seg.get_segment_description(n).algorithm_type.value == "SEMIAUTOMATIC")
check("painted parts are the same in both", painted == half, f"{painted} of {len(volumetric)}")
whole_ears = [group for group in whole_ears if not group.tracking_identifier.endswith("electrode array")]
flags = sum(len([one for one in group.get_qualitative_evaluations()]) for group in whole_ears)
expected = sum(1 for ear in ears for flag in result["flags"] if flag.get("side", ear["side"]) == ear["side"])
check("flags", flags == expected, f"{flags} of {expected}")

# --- report, by dcmqi
with tempfile.NamedTemporaryFile(suffix=".json") as file:
    words = ["tid1500reader", "--inputDICOM", str(result_folder / "report.dcm"), "--outputMetadata", file.name]
    ran = subprocess.run(words, capture_output=True, text=True)
    check("dcmqi reads the report", ran.returncode == 0, (ran.stdout + ran.stderr)[-300:] if ran.returncode else "")
    if ran.returncode == 0:
        groups = json.load(open(file.name))["Measurements"]
        values = [float(item["value"]) for group in groups for item in group.get("measurementItems", [])]
        close = len(values) == len(told) and np.allclose(sorted(values), sorted(told), rtol=0, atol=5e-7)
        check("dcmqi: identical numbers", bool(close), f"{len(values)} in {len(groups)} groups")

print(f"{len(failures)} failed")
sys.exit(1 if failures else 0)
