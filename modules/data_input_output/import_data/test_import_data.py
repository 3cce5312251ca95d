import contextlib
import gzip
import io
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pandas as pd
import pytest
from atelier_modules.api import ModuleError
from atelier_modules.testing import run_module

FRAME = pd.DataFrame({"age": [34, 51, 28], "job": ["teacher", None, "nurse"], "rate": [1.5, 2.0, -1.25]})


def as_parquet() -> bytes:
    buffer = io.BytesIO()
    FRAME.to_parquet(buffer)
    return buffer.getvalue()


def as_csv(**options) -> bytes:
    return FRAME.to_csv(index=False, **options).encode()


FILES = {
    "/comma.csv": as_csv(),
    "/semicolon.csv": as_csv(sep=";"),
    "/bar": as_csv(sep="|"),
    "/tabs.tsv": as_csv(sep="\t"),
    "/packed.csv.gz": gzip.compress(as_csv()),
    "/table.parquet": as_parquet(),
    "/notes.csv": b"made by hand\nsecond line\n" + as_csv(),
    "/latin.csv": "name\nJosé\n".encode("latin-1"),
    "/broken.parquet": b"PAR1 nothing",
    "/bomb.csv.gz": gzip.compress(b"a\n" + b"1\n" * 2_000_000),
}


class Handler(BaseHTTPRequestHandler):
    def do_GET(self):
        if self.path == "/moved.csv":
            self.send_response(302)
            self.send_header("Location", "/comma.csv")
            self.end_headers()
        elif self.path == "/file":
            self.send_response(302)
            self.send_header("Location", "file:///etc/passwd")
            self.end_headers()
        elif self.path == "/slow.csv":
            self.send_response(200)
            self.end_headers()
            # Until the client has had enough and hangs up.
            with contextlib.suppress(ConnectionError):
                for _ in range(200):
                    self.wfile.write(b"1\n")
                    self.wfile.flush()
                    time.sleep(0.05)
        elif self.path in FILES:
            self.send_response(200)
            self.send_header("Content-Length", str(len(FILES[self.path])))
            self.end_headers()
            with contextlib.suppress(ConnectionError):
                self.wfile.write(FILES[self.path])
        else:
            self.send_error(404)

    def log_message(self, *_):
        """The test's output is for pytest."""


@pytest.fixture(scope="module")
def site() -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=lambda: server.serve_forever(poll_interval=0.01), daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()
    thread.join(timeout=5)


def download(url: str, **parameters):
    return run_module("import_data", {"data_source": "url", "url": url, **parameters})["results_dataset"]


def failure(url: str, **parameters) -> ModuleError:
    with pytest.raises(ModuleError) as caught:
        download(url, **parameters)
    return caught.value


@pytest.mark.parametrize(
    "path",
    ["comma.csv", "semicolon.csv", "bar", "tabs.tsv", "packed.csv.gz", "table.parquet", "moved.csv"],
)
def test_a_download_is_the_table(site, path):
    table = download(f"{site}/{path}")
    pd.testing.assert_frame_equal(table.frame.astype(object), FRAME.astype(object).where(FRAME.notna(), None))


def test_parsing_options(site):
    table = download(f"{site}/notes.csv", skip_rows=2, delimiter="comma")
    assert table.names == ["age", "job", "rate"]
    assert download(f"{site}/comma.csv", has_header=False).names == ["Col1", "Col2", "Col3"]
    assert download(f"{site}/latin.csv", encoding="latin-1").frame["name"].tolist() == ["José"]


def test_wrong_encoding_names_the_line(site):
    error = failure(f"{site}/latin.csv")
    assert (error.parameter, error.row) == ("encoding", 2)


def test_only_the_chosen_columns(site):
    assert download(f"{site}/comma.csv", columns='["rate", "age"]').names == ["age", "rate"]
    error = failure(f"{site}/comma.csv", columns='["salary"]')
    assert (error.parameter, error.column) == ("columns", "salary")


def test_limits(site):
    assert failure(f"{site}/slow.csv", timeout_seconds=1).parameter == "timeout_seconds"
    assert failure(f"{site}/bomb.csv.gz", max_size_mib=1).parameter == "max_size_mib"


@pytest.mark.parametrize(
    ("path", "message"),
    [("missing.csv", "404"), ("broken.parquet", "Parquet"), ("file", "file")],
)
def test_what_cannot_be_read(site, path, message):
    assert message in failure(f"{site}/{path}").message


@pytest.mark.parametrize("url", ["", "file:///etc/passwd", "ftp://127.0.0.1/x.csv", "nonsense"])
def test_only_web_addresses(url):
    assert failure(url).parameter == "url"


def test_nobody_there():
    assert "cannot be reached" in failure("http://127.0.0.1:9/x.csv").message


def test_a_dataset_passes_with_its_roles(people, types):
    labelled = people.set_role("city", "label")
    out = run_module("import_data", {"columns": '["city", "joined"]'}, dataset=labelled)
    table = out["results_dataset"]
    assert types(table) == {"joined": "datetime", "city": "string"}
    assert table.label_column() == "city"
    assert table.column("city").categorical
    assert out.fact == "5 rows, 2 columns"


def test_an_empty_dataset(empty):
    assert run_module("import_data", {}, dataset=empty)["results_dataset"].rows == 0


def test_no_dataset():
    with pytest.raises(ModuleError) as caught:
        run_module("import_data", {})
    assert caught.value.parameter == "data_source"
