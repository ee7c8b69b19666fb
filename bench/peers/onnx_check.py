"""Holds model files against ONNX's own checker, Python's ONNX Runtime and ONNX's reference implementation.

    python bench/peers/onnx_check.py [--outputs FOLDER] models/default/*.onnx

For each file: onnx.checker with full_check, then onnxruntime's output for an image. That must agree with FOLDER's
NAME.safetensors, which holds an image and otomark's output for it, and, for grids of at most 4096 voxels, with
onnx.reference, both to 1e-4 of the largest number. Needs onnx and onnxruntime.
"""
import argparse
import json
import pathlib

import numpy
import onnx
import onnx.reference
import onnxruntime

tolerance = 1e-4


def tensors_of(path: pathlib.Path) -> dict:
    """The tensors of a safetensors file: 8 bytes that say how long the JSON header is, the header, the numbers."""
    data = path.read_bytes()
    start = 8 + int.from_bytes(data[:8], "little")
    entries = {name: entry for name, entry in json.loads(data[8:start]).items() if name != "__metadata__"}
    return {
        name: numpy.frombuffer(data[start:][slice(*entry["data_offsets"])], numpy.float32).reshape(entry["shape"])
        for name, entry in entries.items()
    }


def compared(who: str, outputs: dict, expected: dict) -> str:
    worst = max(numpy.abs(outputs[name] - expected[name]).max() / numpy.abs(expected[name]).max() for name in outputs)
    if not worst < tolerance:
        raise SystemExit(f"onnxruntime and {who} differ by {worst:.1e} of the largest number")
    return f"{who} differs by {worst:.1e}"


def check(path: pathlib.Path, folder: pathlib.Path | None) -> str:
    model = onnx.load(path)
    onnx.checker.check_model(model, full_check=True)
    session = onnxruntime.InferenceSession(path, providers=["CPUExecutionProvider"])
    (given,) = session.get_inputs()
    own = tensors_of(folder / f"{path.stem}.safetensors") if folder else {}
    image = own.get(given.name, numpy.random.default_rng(1).uniform(-1, 1, given.shape).astype(numpy.float32))
    names = [output.name for output in session.get_outputs()]
    outputs = dict(zip(names, session.run(names, {given.name: image})))
    opset = ", ".join(f"{entry.domain or 'ai.onnx'} {entry.version}" for entry in model.opset_import)
    said = [f"{path}: valid", f"opset {opset}", f"{given.name} {given.shape} -> {names}"]
    if own:
        said.append(compared("otomark", outputs, own))
    if image.size <= 4096:
        reference = onnx.reference.ReferenceEvaluator(model).run(names, {given.name: image})
        said.append(compared("onnx.reference", outputs, dict(zip(names, reference))))
    return "; ".join(said)


parser = argparse.ArgumentParser()
parser.add_argument("--outputs", type=pathlib.Path)
parser.add_argument("models", type=pathlib.Path, nargs="+")
arguments = parser.parse_args()
for model in arguments.models:
    print(check(model, arguments.outputs))
