"""Asks `otomark serve` with MONAI Label's own Python client (monailabel/client/client.py of the package monailabel).
Needs: requests nibabel (pip), and the client's folder on PYTHONPATH.

python bench/peers/monai_label_client.py http://127.0.0.1:8738 SCAN.nii.gz [LABELS.nii.gz of otomark analyze]
"""

import sys
import tempfile

import nibabel as nib
import numpy as np
from client import MONAILabelClient

url, scan = sys.argv[1:3]
client = MONAILabelClient(url, tmpdir=tempfile.mkdtemp())
print("info", client.info()["name"], list(client.info()["models"]))
session = client.create_session(scan)["session_id"]
client.get_session(session)
path, params = client.infer("otomark", "", {}, session_id=session)
labels = np.asarray(nib.load(path).dataobj)
print("labels", labels.shape, np.unique(labels), "landmarks", len(params["landmarks"]["markups"][0]["controlPoints"]))
client.remove_session(session)
if len(sys.argv) > 3:
    same = bool((labels == np.asarray(nib.load(sys.argv[3]).dataobj)).all())
    print("the same as otomark analyze:", same)
    sys.exit(0 if same else 1)
