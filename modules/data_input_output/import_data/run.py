from __future__ import annotations

import gzip
import io
from pathlib import PurePosixPath
from urllib.parse import urlsplit

import pyarrow as pa
import pyarrow.parquet as pq

from atelier_modules.api import Context, ModuleError, Table
from atelier_modules.arrow_types import tidy, to_pandas
from atelier_modules.download import fetch
from atelier_modules.text_tables import DELIMITERS, read_text
from atelier_modules.words import count

FORMATS = {".csv": "csv", ".txt": "csv", ".tsv": "tsv", ".tab": "tsv", ".parquet": "parquet", ".arff": "arff"}
FORMATS |= {".svmlight": "svmlight", ".libsvm": "svmlight"}


def run(
    ctx: Context,
    dataset: Table | None,
    data_source: str,
    url: str | None,
    file_format: str,
    delimiter: str,
    has_header: bool,
    encoding: str,
    skip_rows: int,
    columns: str,
    timeout_seconds: int,
    max_size_mib: int,
    use_cached_results: bool,
) -> dict[str, Table]:
    if data_source == "dataset":
        if dataset is None:
            raise ModuleError(
                "No dataset is connected.",
                parameter="data_source",
                hint="Connect one to the port Dataset, or choose URL over HTTP as the data source.",
            )
        table = dataset
    else:
        address = (url or "").strip()
        content = fetch(address, timeout_seconds, max_size_mib * 2**20, ctx, parameter="url")
        table = _read(content, address, file_format, delimiter, has_header, encoding, skip_rows, max_size_mib)
    names = set(table.select(columns, parameter="columns"))
    table = table.keep([name for name in table.names if name in names])
    ctx.fact(f"{count(table.rows, 'row')}, {count(len(table.names), 'column')}")
    return {"results_dataset": table}


def _read(
    content: bytes,
    address: str,
    file_format: str,
    delimiter: str,
    has_header: bool,
    encoding: str,
    skip_rows: int,
    max_size_mib: int,
) -> Table:
    name = PurePosixPath(urlsplit(address).path)
    if content[:2] == b"\x1f\x8b":
        content = _unpack(content, max_size_mib)
        name = name.with_suffix("") if name.suffix == ".gz" else name
    kind = FORMATS.get(name.suffix.lower(), "csv") if file_format == "auto" else file_format
    if kind == "parquet" or (file_format == "auto" and content[:4] == b"PAR1"):
        return _read_parquet(content)
    text = _decode(content, encoding)
    return read_text(text, kind, "url", DELIMITERS.get(delimiter), has_header, skip_rows)


def _unpack(content: bytes, max_size_mib: int) -> bytes:
    limit = max_size_mib * 2**20
    try:
        with gzip.open(io.BytesIO(content)) as packed:
            plain = packed.read(limit + 1)
    except (OSError, EOFError) as error:
        raise ModuleError(f"The file cannot be unpacked: {error}.", parameter="url") from None
    if len(plain) > limit:
        raise ModuleError(f"The unpacked file is larger than {max_size_mib} MiB.", parameter="max_size_mib")
    return plain


def _read_parquet(content: bytes) -> Table:
    try:
        return Table(to_pandas(tidy(pq.read_table(io.BytesIO(content), use_threads=False))[0]))
    except (pa.ArrowInvalid, OSError) as error:
        raise ModuleError(f"The file is no Parquet file: {error}.", parameter="file_format") from None


def _decode(content: bytes, encoding: str) -> str:
    try:
        return content.decode(encoding)
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        raise ModuleError(
            f"Line {line} is not in {encoding}.",
            parameter="encoding",
            row=line,
            hint="Choose another encoding.",
        ) from None
