from __future__ import annotations

import hashlib
import contextlib
import http.client
import json
import os
import re
import signal
import threading
import time
from pathlib import Path

import pandas as pd
import pytest
from atelier_modules.columns import Column
from atelier_modules.table import Table
from atelier_modules.table_files import read_stored, write_table
from worker_client import TOKEN, Worker, is_alive, wait_until


@pytest.fixture(scope="module")
def worker(tmp_path_factory):
    worker = Worker(tmp_path_factory.mktemp("worker") / "home")
    yield worker
    assert worker.stop() == 0


def failure(messages):
    return messages[-1]["failed"]


def test_runs_a_step_and_streams_what_it_says(worker, tmp_path):
    frame = pd.DataFrame({"age": [31, 45], "job": ["clerk", None]})
    write_table(Table(frame, [Column("job", "string", categorical=True, role="label")]), tmp_path)
    tree = worker.put_folder(tmp_path)
    messages = worker.step("echo", inputs={"dataset": {"tree": tree}}, parameters={"columns": "job"})
    assert {"log": "printed: 2 rows"} in messages
    assert {"log": "environment: []"} in messages
    assert {"metric": {"key": "rows", "value": 2.0, "step": 0}} in messages
    assert {"metric": {"key": "nothing", "value": "NaN", "step": 0}} in messages
    assert {"progress": {"done": 1, "of": 1, "unit": "tables"}} in messages
    assert {"fact": "1 columns"} in messages
    files = messages[-1]["done"]["outputs"]["results_dataset"]["files"]
    assert [file["path"] for file in files] == ["data.parquet", "schema.json"]
    for file in files:
        status, data = worker.call("GET", f"/blobs/{file['sha256']}")
        assert status == 200 and hashlib.sha256(data if isinstance(data, bytes) else b"").hexdigest() == file["sha256"]
        assert len(data) == file["sizeBytes"]
        (tmp_path / file["path"]).write_bytes(data)
    result = read_stored(tmp_path).table()
    assert result.frame["job"].tolist() == ["clerk", None]
    assert result.column("job") == Column("job", "string", categorical=True, role="label")
    # The caller gives the output its digest; all of its files are there already.
    assert worker.call("PUT", "/trees/of-the-output", {"files": files}) == (200, {"ok": True})
    again = worker.step("echo", inputs={"dataset": {"tree": "of-the-output"}})
    assert "done" in again[-1]


def test_draws_other_random_numbers_in_every_step(worker):
    source = worker.csv("a\n1\n")
    drawn = {
        message["log"]
        for _ in range(3)
        for message in worker.step("echo", inputs={"dataset": source})
        if message.get("log", "").startswith("drawn")
    }
    assert len(drawn) == 3


def test_refuses_a_wrong_token_and_what_is_not_there(worker):
    assert worker.call("GET", "/healthz", token=None)[0] == 200
    for token in (None, "", "wrong", TOKEN + "x"):
        assert worker.call("GET", f"/blobs/{'0' * 64}", token=token)[0] == 401
        assert worker.call("POST", "/steps", {"id": "x", "module": "echo"}, token=token)[0] == 401
    assert worker.call("GET", f"/blobs/{'0' * 64}")[0] == 404
    assert worker.call("HEAD", f"/blobs/{'0' * 64}")[0] == 404
    assert worker.call("HEAD", "/trees/unknown")[0] == 404
    assert worker.call("GET", "/elsewhere")[0] == 404
    assert worker.call("DELETE", "/blobs/x")[0] == 405
    body = {
        "id": "x",
        "module": "echo",
        "inputs": {"dataset": {"tree": "unknown"}, "other": {"blob": "0" * 64, "fileName": "a.csv"}},
    }
    assert worker.call("POST", "/steps", body) == (404, {"missing": {"trees": ["unknown"], "blobs": ["0" * 64]}})


def test_checks_bytes_and_lists(worker):
    sha256 = hashlib.sha256(b"right").hexdigest()
    status, answer = worker.call("PUT", f"/blobs/{sha256}", b"wrong")
    assert status == 400 and "SHA-256" in answer["error"]
    assert worker.call("HEAD", f"/blobs/{sha256}")[0] == 404
    assert worker.call("PUT", "/blobs/short", b"x")[0] == 400
    assert worker.call("PUT", f"/blobs/{sha256}", b"right", chunked=True)[0] == 200
    assert worker.call("HEAD", f"/blobs/{sha256}")[0] == 200
    other = "1" * 64
    files = [{"path": "a", "sha256": sha256}, {"path": "b/c", "sha256": other}]
    assert worker.call("PUT", "/trees/t", {"files": files}) == (409, {"missing": [other]})
    for path in ("../a", "/a", "", "a/../../b"):
        assert worker.call("PUT", "/trees/t", {"files": [{"path": path, "sha256": sha256}]})[0] == 400
    assert worker.call("PUT", "/trees/t", {"files": files[:1]})[0] == 200
    assert worker.call("HEAD", "/trees/t")[0] == 200
    for body in (b"{", b"[]", {"id": "x"}, {"id": "x", "module": "echo", "outputs": ["../a"]}):
        assert worker.call("POST", "/steps", body)[0] == 400


def test_a_killed_step_says_so_and_the_worker_goes_on(worker):
    def kill(message):
        with contextlib.suppress(ProcessLookupError):
            os.kill(int(message["log"].split()[1]), signal.SIGKILL)

    messages = stream(worker, {"id": "killed", "module": "misbehave", "outputs": []}, kill)
    assert failure(messages)["code"] == "OUT_OF_MEMORY"
    assert "done" in worker.step("echo", inputs={"dataset": worker.csv("a\n1\n")})[-1]


def test_a_step_that_crashes_or_leaves(worker):
    crashed = failure(worker.step("misbehave", parameters={"how": "segfault"}))
    assert (crashed["code"], "SIGSEGV" in crashed["message"]) == ("BUG", True)
    left = failure(worker.step("misbehave", parameters={"how": "exit"}))
    assert (left["code"], "exit code 3" in left["message"]) == ("BUG", True)


def test_cancel_ends_the_step_and_all_that_it_started(worker):
    seen = []

    def cancel(message):
        seen.append(int(message["log"].split()[1]))
        assert worker.call("DELETE", "/steps/going") == (200, {"canceled": True})

    began = time.monotonic()
    messages = stream(worker, {"id": "going", "module": "misbehave", "outputs": []}, cancel)
    assert failure(messages)["code"] == "CANCELED"
    assert time.monotonic() - began < 10
    wait_until(lambda: not is_alive(seen[0]))
    assert worker.call("DELETE", "/steps/going")[0] == 404
    spawned = worker.step("misbehave", parameters={"how": "spawn"})
    assert "done" in spawned[-1]
    pid = next(int(one["log"].split()[1]) for one in spawned if one.get("log", "").startswith("spawned"))
    wait_until(lambda: not is_alive(pid))


def test_a_caller_that_hangs_up_ends_its_step(worker):
    connection = http.client.HTTPConnection("127.0.0.1", worker.port, timeout=60)
    body = json.dumps({"id": "left alone", "module": "misbehave", "outputs": []})
    connection.request("POST", "/steps", body, {"Authorization": f"Bearer {TOKEN}"})
    answer = connection.getresponse()
    pid = int(json.loads(answer.readline())["log"].split()[1])
    assert is_alive(pid)
    answer.close()
    connection.close()
    wait_until(lambda: not is_alive(pid))
    wait_until(lambda: worker.call("GET", "/healthz")[1]["running"] == 0)


def test_time_and_memory_have_limits(worker):
    late = failure(worker.step("misbehave", timeoutMs=300))
    assert (late["code"], late["message"]) == ("TIMEOUT", "The step took longer than 0.3 s.")
    fat = failure(worker.step("misbehave", parameters={"how": "allocate"}, memoryMib=256))
    assert fat["code"] == "OUT_OF_MEMORY"
    assert "np.ones" in fat["traceback"]


def test_faults_are_told_in_words(worker):
    table = {"dataset": worker.csv("age,job\n31,clerk\n45,miner\n")}

    def run(how):
        return failure(worker.step("misbehave", inputs=table, parameters={"how": how}))

    text = run("text")
    assert (text["code"], text["column"], text["row"]) == ("MODULE_ERROR", "job", 1)
    assert "“clerk”" in text["message"]
    table = {"dataset": worker.csv('age\n31\n""\n45\n')}
    gone = run("missing")
    assert (gone["column"], gone["row"], gone["hint"]) == ("age", 2, "Put Clean Missing Data before this step.")
    table = {"dataset": worker.csv("age,job\n31,clerk\n")}
    key = run("key")
    assert (key["column"], key["hint"]) == ("jobs", "Did you mean “job”?")
    fault = run("fault")
    assert fault["code"] == "BUG" and "run.py" in fault["traceback"]
    assert run("nothing")["code"] == "BUG"
    wrong = failure(worker.step("misbehave", parameters={"how": "slep"}))
    assert (wrong["code"], wrong["parameter"]) == ("MODULE_ERROR", "how")
    unknown = failure(worker.step("no_such_module"))
    assert "no_such_module" in unknown["message"]
    bad = failure(worker.step("echo", inputs={"dataset": worker.csv("no parquet", "a.parquet")}))
    assert bad["code"] == "MODULE_ERROR" and "a.parquet" in bad["message"]
    column = failure(worker.step("echo", inputs=table, parameters={"columns": "agee"}))
    assert (column["parameter"], column["column"], column["hint"]) == ("columns", "agee", "Did you mean “age”?")


def test_a_file_that_a_step_changed_is_not_trusted(worker):
    source = worker.csv("a\n77\n")
    assert "done" in worker.step("misbehave", inputs={"dataset": source}, parameters={"how": "change"})[-1]
    assert worker.call("HEAD", f"/blobs/{source['blob']}")[0] == 404
    assert worker.csv("a\n77\n") == source
    status, data = worker.call("GET", f"/blobs/{source['blob']}")
    assert (status, data) == (200, b"a\n77\n")


def test_many_lines_all_arrive_in_order(worker):
    messages = worker.step("misbehave", parameters={"how": "shout"})
    lines = [message["log"] for message in messages[:-1] if message["log"].startswith("line")]
    assert lines == [f"line {number}" for number in range(20_000)]


def test_steps_run_beside_each_other_and_ids_are_unique(tmp_path):
    worker = Worker(tmp_path / "home", ATELIER_WORKER_CONCURRENCY="2")
    try:
        results: list[list[dict]] = []
        threads = [
            threading.Thread(
                target=lambda n=number: results.append(
                    worker.step("misbehave", f"step {n}", timeoutMs=1500, parameters={"how": "sleep"})
                )
            )
            for number in range(2)
        ]
        for thread in threads:
            thread.start()
        wait_until(lambda: worker.call("GET", "/healthz")[1]["running"] == 2)
        assert worker.call("POST", "/steps", {"id": "step 0", "module": "echo"})[0] == 409
        began = time.monotonic()
        # A third waits for a place, and can be canceled while it does.
        threads.append(threading.Thread(target=lambda: results.append(worker.step("misbehave", "third"))))
        threads[-1].start()
        wait_until(lambda: worker.call("DELETE", "/steps/third")[0] == 200)
        for thread in threads:
            thread.join()
        assert time.monotonic() - began < 15
        assert sorted(failure(messages)["code"] for messages in results) == ["CANCELED", "TIMEOUT", "TIMEOUT"]
    finally:
        worker.stop()


def test_the_nursery_dies_and_another_takes_its_place(tmp_path):
    worker = Worker(tmp_path / "home")
    try:
        nursery = int(Path(f"/proc/{worker.process.pid}/task/{worker.process.pid}/children").read_text().split()[0])

        def kill(_message):
            # Asked for at every message; the first one does it.
            with contextlib.suppress(ProcessLookupError):
                os.kill(nursery, signal.SIGKILL)

        # Without its last line the stream breaks, and the caller knows that this was not the step's doing.
        with pytest.raises((http.client.HTTPException, ConnectionError)):
            stream(worker, {"id": "one", "module": "misbehave", "outputs": []}, kill)
        assert "done" in worker.step("echo", inputs={"dataset": worker.csv("a\n1\n")})[-1]
    finally:
        worker.stop()


def test_describes_a_table(worker):
    source = worker.csv("age,job,at\n31,clerk,2024-01-01\n45,clerk,2024-01-03\n,miner,\n")
    status, said = worker.call("POST", "/tables/describe", {"input": source, "rows": 2, "bins": 4})
    assert status == 200
    age, job, at = said["columns"]
    assert (said["rows"], age["missing"], age["unique"], age["min"], age["max"], age["mean"]) == (3, 1, 2, 31, 45, 38.0)
    assert [one["count"] for one in age["histogram"]["bins"]] == [1, 0, 0, 1]
    assert job["histogram"]["bins"] == [{"value": "clerk", "count": 2}, {"value": "miner", "count": 1}]
    assert (at["type"], at["min"], at["max"]) == ("datetime", "2024-01-01T00:00:00", "2024-01-03T00:00:00")
    assert said["head"] == [[31, "clerk", "2024-01-01T00:00:00"], [45, "clerk", "2024-01-03T00:00:00"]]
    assert said["sizeBytes"] == len("age,job,at\n31,clerk,2024-01-01\n45,clerk,2024-01-03\n,miner,\n")
    missing = {"input": {"tree": "nowhere"}}
    assert worker.call("POST", "/tables/describe", missing) == (404, {"missing": {"trees": ["nowhere"], "blobs": []}})
    bad = {"input": worker.csv("x", "a.parquet")}
    status, said = worker.call("POST", "/tables/describe", bad)
    assert status == 422 and said["failed"]["code"] == "MODULE_ERROR"


def test_a_sample_cuts_what_comes_in(worker):
    source = worker.csv("a\n" + "\n".join(map(str, range(100))) + "\n")
    messages = worker.step("echo", inputs={"dataset": source}, sample={"rows": 7})
    assert {"log": "printed: 7 rows"} in messages


def stream(worker, body, on_first):
    """Reads a step line by line and calls back at its first line of log."""
    connection = http.client.HTTPConnection("127.0.0.1", worker.port, timeout=60)
    connection.request("POST", "/steps", json.dumps(body), {"Authorization": f"Bearer {TOKEN}"})
    answer = connection.getresponse()
    messages = [json.loads(answer.readline())]
    assert re.match(r"pid \d+", messages[0]["log"])
    on_first(messages[0])
    messages += [json.loads(line) for line in answer.read().splitlines()]
    connection.close()
    return messages


def test_ends_by_itself_when_nobody_asks_any_more(tmp_path):
    worker = Worker(tmp_path / "home", ATELIER_WORKER_IDLE_SECONDS="2")
    assert worker.process.wait(20) == 0
