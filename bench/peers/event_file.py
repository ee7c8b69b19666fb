"""TensorBoard's own words on our event files.

pip install tensorboard

`python event_file.py golden > test/golden/event-file/events.bin`  writes with TensorBoard's writer what the test encodes
`python event_file.py read FOLDER`                                 reads a run's folder as TensorBoard does: tags, steps (none twice,
                                                                  none missing, however often it was killed), last values
"""

import io
import json
import sys

from tensorboard.compat.proto.event_pb2 import Event, SessionLog
from tensorboard.compat.proto.summary_pb2 import Summary
from tensorboard.summary.writer.record_writer import RecordWriter


def golden():
    events = [
        Event(wall_time=1700000000.25, file_version="brain.Event:2"),
        Event(wall_time=1700000000.5, step=301, session_log=SessionLog(status=SessionLog.START)),
        Event(wall_time=1700000001.125, step=301, summary=Summary(value=[
            Summary.Value(tag="loss/total", simple_value=1.375), Summary.Value(tag="validation/dice – Schädel", simple_value=-0.1)])),
        Event(wall_time=1700000002.0, step=2**40 + 5, summary=Summary(value=[Summary.Value(tag="x" * 300, simple_value=float("inf"))])),
    ]
    stream = io.BytesIO()
    writer = RecordWriter(stream)
    for event in events:
        writer.write(event.SerializeToString(deterministic=True))
    sys.stdout.buffer.write(stream.getvalue())


def read(folder):
    from tensorboard.backend.event_processing.event_accumulator import EventAccumulator

    accumulator = EventAccumulator(folder, size_guidance={"scalars": 0})
    accumulator.Reload()
    rows = {}
    for tag in accumulator.Tags()["scalars"]:
        scalars = accumulator.Scalars(tag)
        steps = [s.step for s in scalars]
        assert steps == sorted(set(steps)), f"{tag}: a step comes twice or out of order: {steps}"
        if not tag.startswith("validation/"):
            assert steps == list(range(1, steps[-1] + 1)), f"{tag}: a step is missing: {steps}"
        rows[tag] = dict(steps=[steps[0], steps[-1], len(steps)], last=scalars[-1].value)
    print(json.dumps(rows, indent=2))


if __name__ == "__main__":
    golden() if sys.argv[1] == "golden" else read(sys.argv[2])
