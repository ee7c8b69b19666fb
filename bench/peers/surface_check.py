"""Whether other programs' readers take otomark's surfaces for what they are.

Reads the surfaces of a folder that `otomark analyze SCAN --output FOLDER --surfaces stl,obj,ply,glb` wrote with trimesh
(https://trimesh.org): each is watertight, wound outward, of one volume in every format and near that of result.json,
with names and colours. Prints a table; ends with an error when a check fails.

    pip install trimesh==5.2.0 numpy
    python bench/peers/surface_check.py FOLDER
"""

import json
import sys
from pathlib import Path

import trimesh

PARTS = {"Cochlea": "cochlea", "Vestibule": "vestibule", "Semicircular canals": "semicircular_canals"}


def load(path):
    # Vertices as they are, but for STL, which has none of its own.
    return trimesh.load(path, process=path.suffix == ".stl")


def as_scene(loaded):
    return loaded if isinstance(loaded, trimesh.Scene) else trimesh.Scene(loaded)


def scene_parts(path, to_millimetres):
    """(name, mesh in mm) of every object of a scene."""
    scene = as_scene(trimesh.load(path, process=False, **({"split_objects": True} if path.suffix == ".obj" else {})))
    for node in scene.graph.nodes_geometry:
        transform, geometry = scene.graph[node]
        mesh = scene.geometry[geometry].copy()
        mesh.apply_transform(transform)
        mesh.apply_scale(to_millimetres)
        yield geometry, mesh


def color_of(mesh):
    visual = mesh.visual
    if visual.kind == "texture":
        material = visual.material
        value = getattr(material, "baseColorFactor", None)
        return tuple(int(c) for c in (value if value is not None else material.main_color)[:3])
    return tuple(int(c) for c in visual.main_color[:3])


def main(folder):
    result = json.loads((folder / "result.json").read_text())
    expected = {name: sum(ear["volumes"][name] for ear in result["ears"]) for name in ("labyrinth", *PARTS.values())}
    failures = []
    print(f"{'file':24} {'object':28} {'triangles':>9} {'tight':>6} {'genus':>6} {'mm³':>8} {'expected':>9}  colour")

    def report(file, name, mesh, volume):
        tight = bool(mesh.is_watertight and mesh.is_winding_consistent and mesh.volume > 0)
        shells = len(mesh.split(only_watertight=False))
        genus = (2 * shells - mesh.euler_number) // 2
        # A surface lies where the network is undecided; a volume sums its probabilities, more beside thin canals.
        near = abs(mesh.volume - volume) < 0.12 * volume
        if not (tight and near):
            failures.append(f"{file} {name}")
        colour = color_of(mesh) if file.suffix != ".stl" else ""
        print(f"{file.name:24} {name:28} {len(mesh.faces):9} {tight!s:>6} {genus:6} {mesh.volume:8.2f} {volume:9.2f}  {colour}")

    volumes = {}
    for name, volume in expected.items():
        for suffix in (".stl", ".ply"):
            file = folder / f"{name}{suffix}"
            mesh = load(file)
            report(file, name, mesh, volume)
            volumes.setdefault(name, []).append(mesh.volume)
    for file, scale in ((folder / "labyrinth.obj", 1), (folder / "labyrinth.glb", 1000)):
        sums = dict.fromkeys(PARTS.values(), 0.0)
        for name, mesh in scene_parts(file, scale):
            part = next((id for text, id in PARTS.items() if name.lower().replace("_", " ").startswith(text.lower())), None)
            if part is None:
                failures.append(f"{file} has an object named {name}")
                continue
            report(file, name, mesh, expected[part] / len(result["ears"]))
            sums[part] += mesh.volume
        for part, total in sums.items():
            volumes[part].append(total)
    for name, found in volumes.items():
        spread = max(found) - min(found)
        print(f"{name}: volumes of all formats within {spread:.4f} mm³")
        if spread > 0.001 * max(found):
            failures.append(f"volumes of {name}")
    if failures:
        sys.exit("failed: " + ", ".join(failures))


main(Path(sys.argv[1]))
