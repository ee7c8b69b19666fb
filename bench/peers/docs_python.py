"""Runs the Python of docs/how-to/python.md, piece by piece, as it stands, in the folder it is started in, where
out/example and out/cohort are the results that the page's commands write. Needs: numpy nibabel SimpleITK pandas (pip).

python bench/peers/docs_python.py   exits 1 at the first piece that fails
"""

import re
import traceback
from pathlib import Path

page = Path(__file__).parents[2] / "docs/how-to/python.md"
text = page.read_text()
pieces = list(re.finditer(r"^```python\n(.*?)^```$", text, re.MULTILINE | re.DOTALL))
assert pieces, f"{page} holds no Python"
names = {}
for piece in pieces:
    line = text[: piece.start(1)].count("\n")
    try:
        exec(compile("\n" * line + piece[1], str(page), "exec"), names)
    except Exception:
        traceback.print_exc()
        raise SystemExit(1)
print(f"{len(pieces)} pieces of Python ran")
