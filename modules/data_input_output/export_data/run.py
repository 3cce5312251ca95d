from __future__ import annotations

from pathlib import Path, PurePosixPath

import pyarrow.parquet as pq

from atelier_modules.api import Context, ModuleError, Table
from atelier_modules.arrow_types import to_arrow
from atelier_modules.text_tables import write_delimited
from atelier_modules.words import count


def run(
    ctx: Context, input_dataset: Table, path: str, file_format: str, write_header: bool
) -> dict[str, Path]:
    folder = ctx.folder / "exported"
    file = folder / _relative(path, file_format)
    file.parent.mkdir(parents=True, exist_ok=True)
    if file_format == "parquet":
        pq.write_table(to_arrow(input_dataset), file)
    else:
        write_delimited(input_dataset, file, "\t" if file_format == "tsv" else ",", write_header)
    ctx.fact(f"{file.name}, {count(input_dataset.rows, 'row')}")
    return {"exported": folder}


def _relative(path: str, file_format: str) -> PurePosixPath:
    name = PurePosixPath(path.strip().replace("\\", "/"))
    if not name.name or name.is_absolute() or ".." in name.parts:
        raise ModuleError(
            f"“{path}” is no path inside the output folder.",
            parameter="path",
            hint="Write it like calls/may.csv.",
        )
    ending = f".{file_format}"
    return name if name.suffix.lower() == ending else name.with_name(name.name + ending)
