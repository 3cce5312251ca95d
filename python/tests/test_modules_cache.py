from __future__ import annotations

import hashlib
import io
import os

import pytest
from atelier_modules.worker import cache as cache_module
from atelier_modules.worker.cache import BadContent, Cache


def put(cache: Cache, data: bytes) -> str:
    sha256 = hashlib.sha256(data).hexdigest()
    cache.put(sha256, io.BytesIO(data), len(data))
    return sha256


def test_the_least_recently_used_go_first(tmp_path, monkeypatch):
    monkeypatch.setattr(cache_module, "_YOUNG_SECONDS", 0.0)
    cache = Cache(tmp_path, 3000)
    first, second, third = (put(cache, bytes([at]) * 1000) for at in range(3))
    assert cache.bytes == 3000
    assert cache.find(first)
    fourth = put(cache, b"3" * 1000)
    assert [bool(cache.find(sha256)) for sha256 in (first, second, third, fourth)] == [True, False, True, True]
    assert not cache.path(second).exists()
    assert cache.bytes == 3000
    # The same bytes again are no more bytes.
    put(cache, b"3" * 1000)
    assert cache.bytes == 3000


def test_what_was_just_used_stays_even_beyond_the_limit(tmp_path):
    cache = Cache(tmp_path, 1500)
    first, second = put(cache, b"a" * 1000), put(cache, b"b" * 1000)
    assert cache.find(first) and cache.find(second)


def test_a_file_stays_with_a_step_when_the_cache_lets_it_go(tmp_path, monkeypatch):
    monkeypatch.setattr(cache_module, "_YOUNG_SECONDS", 0.0)
    cache = Cache(tmp_path / "cache", 1500)
    first = put(cache, b"a" * 1000)
    assert cache.link(first, tmp_path / "step" / "in" / "a.csv")
    put(cache, b"b" * 1000)
    assert cache.find(first) is None
    assert not cache.link(first, tmp_path / "step" / "other")
    assert (tmp_path / "step" / "in" / "a.csv").read_bytes() == b"a" * 1000


def test_a_folder_is_known_while_all_of_its_files_are(tmp_path, monkeypatch):
    monkeypatch.setattr(cache_module, "_YOUNG_SECONDS", 0.0)
    cache = Cache(tmp_path, 1500)
    first = put(cache, b"a" * 1000)
    assert cache.put_tree("t", [{"path": "x/a", "sha256": first}]) == []
    assert cache.find_tree("t") == [{"path": "x/a", "sha256": first}]
    put(cache, b"b" * 1000)
    assert cache.find_tree("t") is None
    assert cache.put_tree("t", [{"path": "x/a", "sha256": first}]) == [first]


def test_files_outlive_the_process(tmp_path):
    first = put(Cache(tmp_path, 10_000), b"a" * 1000)
    again = Cache(tmp_path, 10_000)
    assert again.find(first) and again.bytes == 1000


def test_outputs_are_taken_by_their_bytes(tmp_path):
    cache = Cache(tmp_path / "cache", 10_000)
    for name in ("one", "two"):
        (tmp_path / name).write_bytes(b"the same")
    one, two = cache.add_file(tmp_path / "one"), cache.add_file(tmp_path / "two")
    assert one == two == (hashlib.sha256(b"the same").hexdigest(), 8)
    assert cache.bytes == 8


def test_changed_or_lost_files_are_forgotten(tmp_path):
    cache = Cache(tmp_path, 10_000)
    first, second = put(cache, b"a" * 1000), put(cache, b"b" * 1000)
    os.chmod(cache.path(first), 0o644)
    with cache.path(first).open("ab") as file:
        file.write(b"!")
    cache.path(second).unlink()
    assert cache.find(first) is None and cache.find(second) is None
    assert cache.bytes == 0


def test_wrong_bytes_leave_nothing(tmp_path):
    cache = Cache(tmp_path, 10_000)
    sha256 = hashlib.sha256(b"right").hexdigest()
    for data, size in ((b"wrong", 5), (b"rig", 5), (b"", 0)):
        with pytest.raises(BadContent):
            cache.put(sha256, io.BytesIO(data), size)
    with pytest.raises(BadContent):
        cache.put("../../etc/passwd", io.BytesIO(b""), 0)
    assert cache.find(sha256) is None
    assert list((tmp_path / "drafts").iterdir()) == []
