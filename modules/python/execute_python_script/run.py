from __future__ import annotations

import contextlib
import os
import shutil
import sys
import tempfile
import threading
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pandas as pd

from atelier_modules.api import Context, ModuleError, Table
from atelier_modules.learners.scripts import find_callable, load_script, prints_in_log, telling_faults

_BUNDLE = "Script Bundle"
_PICTURES = (".png", ".jpg", ".jpeg", ".gif", ".webp")
# The current folder and the import path are those of the whole process.
_ALONE = threading.Lock()


def run(
    ctx: Context, dataset1: Table | None, dataset2: Table | None, script_bundle: Path | None, script: str
) -> dict:
    frames = [table.frame.copy() if table is not None else None for table in (dataset1, dataset2)]
    with _ALONE, _working_folder(ctx.folder, script_bundle) as folder, prints_in_log(ctx):
        function = find_callable(load_script(script), ("azureml_main", "atelier_main"), "function")
        with telling_faults("The script"), _figures_saved():
            found = function(*frames)
        images = _keep_pictures(folder, ctx.folder / "images of the script")
    results = _results(found)
    known = {
        column.name: column for table in (dataset2, dataset1) if table is not None for column in table.columns
    }
    tables = [Table(frame, {name: known[name] for name in frame.columns if name in known}) for frame in results]
    ctx.fact(", ".join(f"{table.rows:,} {'row' if table.rows == 1 else 'rows'}" for table in tables))
    if images:
        ctx.add_fact("1 image" if len(images) == 1 else f"{len(images)} images")
    return {
        **{f"result_dataset{i}": table for i, table in enumerate(tables, start=1)},
        **({"images": images[0].parent} if images else {}),
    }


@contextlib.contextmanager
def _figures_saved() -> Iterator[None]:
    """Figures that the script has opened and not closed become pictures in its folder, by their number."""
    try:
        yield
        pyplot = sys.modules.get("matplotlib.pyplot")
        for number in pyplot.get_fignums() if pyplot else []:
            figure = pyplot.figure(number)
            figure.savefig(f"figure-{number}.png", bbox_inches="tight", dpi=144)
    finally:
        # What is open belongs to this step, not to the next one of the process.
        if pyplot := sys.modules.get("matplotlib.pyplot"):
            pyplot.close("all")


def _keep_pictures(folder: Path, target: Path) -> list[Path]:
    """The pictures of the working folder, in a folder that stays; folders in their names become dashes."""
    files = [path for path in folder.rglob("*") if path.is_file() and path.suffix.lower() in _PICTURES]
    names = sorted(path.relative_to(folder) for path in files)
    drawn = [name for name in names if name.parts[0] != _BUNDLE]
    if drawn:
        shutil.rmtree(target, ignore_errors=True)
        target.mkdir()
    return [Path(shutil.move(folder / name, target / "-".join(name.parts))) for name in drawn]


def _results(found: object) -> list[pd.DataFrame]:
    values = list(found) if isinstance(found, (tuple, list)) else [found]
    while values and values[-1] is None:
        values.pop()
    if len(values) > 2:
        raise ModuleError(
            f"azureml_main returned {len(values)} results; at most two can be handed on.", parameter="script"
        )
    for i, value in enumerate(values, start=1):
        if isinstance(value, pd.Series):
            values[i - 1] = value.to_frame()
        elif not isinstance(value, pd.DataFrame):
            raise ModuleError(
                f"Result {i} of azureml_main is a {type(value).__name__}; it must be a pandas DataFrame.",
                parameter="script",
                hint="Return one or two frames.",
            )
    if not values:
        raise ModuleError(
            "azureml_main returned nothing.", parameter="script", hint="Return one or two frames."
        )
    return values


@contextlib.contextmanager
def _working_folder(scratch: Path, bundle: Path | None) -> Iterator[Path]:
    """A new folder as the current one, with the bundle unpacked in it and on the import path; it goes with its files."""
    before, path = Path.cwd(), list(sys.path)
    with tempfile.TemporaryDirectory(dir=scratch, prefix="script-") as name:
        folder = Path(name)
        if bundle is not None:
            sys.path.insert(0, str(_unpack(bundle, folder / _BUNDLE)))
        os.chdir(folder)
        try:
            yield folder
        finally:
            os.chdir(before)
            sys.path[:] = path


def _unpack(bundle: Path, target: Path) -> Path:
    target.mkdir(parents=True, exist_ok=True)
    files = [bundle] if bundle.is_file() else sorted(path for path in bundle.rglob("*") if path.is_file())
    for path in files:
        if zipfile.is_zipfile(path) and path.suffix.lower() in ("", ".zip"):
            with zipfile.ZipFile(path) as archive:
                archive.extractall(target)
        elif bundle.is_dir():
            copy = target / path.relative_to(bundle)
            copy.parent.mkdir(parents=True, exist_ok=True)
            copy.write_bytes(path.read_bytes())
        else:
            raise ModuleError(
                f"The script bundle “{path.name}” is no zip file.", hint="Connect a zip file or a folder."
            )
    return target
