"""Holds model files against ONNX's own checker and Python's ONNX Runtime.

    python bench/peers/onnx_check.py models/default/*.onnx

For each file: onnx.checker with full_check, then the answer of onnxruntime to a fixed image, and, for grids of at most
4096 voxels, that of onnx.reference, which must agree to 1e-4 of the largest number. Needs onnx and onnxruntime.
"""
import sys

import numpy
import onnx
import onnx.reference
import onnxruntime


def check(path: str) -> str:
    model = onnx.load(path)
    onnx.checker.check_model(model, full_check=True)
    session = onnxruntime.InferenceSession(path, providers=["CPUExecutionProvider"])
    (image,) = session.get_inputs()
    feeds = {image.name: numpy.random.default_rng(1).uniform(-1, 1, image.shape).astype(numpy.float32)}
    answers = session.run(None, feeds)
    opset = ", ".join(f"{entry.domain or 'ai.onnx'} {entry.version}" for entry in model.opset_import)
    outputs = {output.name: list(answer.shape) for output, answer in zip(session.get_outputs(), answers)}
    said = f"{path}: valid; opset {opset}; {image.name} {image.shape} -> {outputs}"
    if feeds[image.name].size > 4096:
        return said
    expected = onnx.reference.ReferenceEvaluator(model).run(None, feeds)
    worst = max(numpy.abs(a - b).max() / numpy.abs(b).max() for a, b in zip(answers, expected))
    if not worst < 1e-4:
        raise SystemExit(f"{path}: onnxruntime and onnx.reference differ by {worst:.1e} of the largest number")
    return f"{said}; onnx.reference differs by {worst:.1e}"


for path in sys.argv[1:]:
    print(check(path))
