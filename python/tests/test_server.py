import json
import socket
import threading
import time

import pytest
from serving_models import FRAME

SCRIPT = """
import json, os, time
seen = {"inits": 0}
def init():
    seen["inits"] += 1
def run(data):
    sent = json.loads(data)
    if "fail" in sent:
        raise KeyError(sent["fail"])
    time.sleep(sent.get("sleep", 0))
    return {"inits": seen["inits"], "length": len(data), "folder": os.environ.get("AZUREML_MODEL_DIR")}
"""


@pytest.fixture
def script(tmp_path) -> str:
    path = tmp_path / "score.py"
    path.write_text(SCRIPT)
    return str(path)


@pytest.fixture
def server(run_server, script):
    return run_server("--entry-script", script, "--max-body-mib", "1").until_ready()


def test_serves_an_mlflow_model(run_server, classifier):
    server = run_server("--model", classifier, "--name", "churn:1").until_ready()
    assert server.call("GET", "/")[:2] == (200, {"status": "alive"})
    assert server.call("GET", "/swagger.json")[1]["info"]["title"] == "churn:1"
    status, reply, headers = server.call("POST", "/score", FRAME.to_dict(orient="records"))
    assert status == 200
    assert len(reply) == len(FRAME)
    assert "model;dur=" in headers["server-timing"]
    status, reply, _ = server.call("POST", "/score", [{"age": 1, "job": "clerk", "rate": "high"}])
    assert status == 400
    assert reply["data"]["issues"][0]["path"] == "rate"


def test_init_runs_once_and_a_connection_serves_many_requests(server):
    connection = server.connect()
    for number in range(5):
        connection.request("POST", "/score", json.dumps({"n": number}))
        reply = json.loads(connection.getresponse().read())
        assert reply["inits"] == 1
    connection.close()


def test_a_script_that_fails_is_424_and_leaves_the_connection_open(server):
    connection = server.connect()
    connection.request("POST", "/score", '{"fail": "key"}')
    response = connection.getresponse()
    assert response.status == 424
    assert "KeyError" in json.loads(response.read())["message"]
    connection.request("POST", "/score", "{}")
    assert connection.getresponse().status == 200
    connection.close()


def test_a_chunked_body_is_read_whole(server):
    connection = server.connect()
    text = json.dumps({"text": "x" * 100_000}).encode()
    pieces = (text[start : start + 7001] for start in range(0, len(text), 7001))
    connection.request("POST", "/score", pieces, encode_chunked=True, headers={"transfer-encoding": "chunked"})
    assert json.loads(connection.getresponse().read())["length"] == len(text)
    connection.close()


def test_refuses_a_body_that_is_too_large_before_reading_it(server):
    for head in ("content-length: 2000000", "transfer-encoding: chunked"):
        with socket.create_connection(("127.0.0.1", server.port), timeout=10) as plain:
            body = "1e8480\r\n" if "chunked" in head else ""
            plain.sendall(f"POST /score HTTP/1.1\r\nhost: x\r\n{head}\r\n\r\n{body}".encode())
            assert b" 413 " in plain.recv(4096).split(b"\r\n")[0]


def test_unknown_routes_and_verbs(server):
    assert server.call("GET", "/nothing")[0] == 404
    assert server.call("GET", "/score")[0] == 405
    assert server.call("POST", "/other", {})[0] == 404


def test_sigterm_lets_running_requests_finish_and_takes_no_new_one(server):
    replies: list[int] = []
    slow = [
        threading.Thread(target=lambda: replies.append(server.call("POST", "/score", {"sleep": 1.5})[0]))
        for _ in range(3)
    ]
    for thread in slow:
        thread.start()
    time.sleep(0.5)
    assert server.stop() == 0
    for thread in slow:
        thread.join()
    assert replies == [200, 200, 200]
    with pytest.raises(ConnectionRefusedError):
        server.call("GET", "/")


def test_more_at_once_than_threads_wait_for_their_turn(run_server, script):
    server = run_server("--entry-script", script, "--threads", "1").until_ready()
    replies: list[int] = []
    started = time.monotonic()
    callers = [
        threading.Thread(target=lambda: replies.append(server.call("POST", "/score", {"sleep": 0.3})[0]))
        for _ in range(3)
    ]
    for caller in callers:
        caller.start()
    for caller in callers:
        caller.join()
    assert replies == [200, 200, 200]
    assert time.monotonic() - started >= 0.9


def test_is_alive_but_not_ready_while_the_model_loads(run_server, tmp_path):
    path = tmp_path / "slow.py"
    path.write_text("import time\ndef init(): time.sleep(2)\ndef run(data): return 1\n")
    server = run_server("--entry-script", str(path))
    assert server.call("GET", "/")[0] == 200
    status, reply, _ = server.call("GET", "/ready")
    assert (status, reply["reason"]) == (503, "loading the model")
    assert server.call("POST", "/score", {})[0] == 503
    server.until_ready()
    assert server.call("POST", "/score", {})[1] == 1


def test_a_model_that_cannot_load_ends_the_server_and_says_why(run_server, tmp_path):
    server = run_server("--model", str(tmp_path))
    assert server.process.wait(timeout=180) == 1
    assert "the model did not load" in server.process.stdout.read()


def test_says_what_the_model_itself_said_when_it_failed_to_load(run_server, tmp_path):
    (tmp_path / "code").mkdir()
    (tmp_path / "code" / "loader.py").write_text("def _load_pyfunc(path):\n    raise RuntimeError('the weights are gone')\n")
    (tmp_path / "MLmodel").write_text("flavors:\n  python_function:\n    code: code\n    loader_module: loader\n")
    server = run_server("--model", str(tmp_path))
    assert server.process.wait(timeout=180) == 1
    assert "the model did not load: RuntimeError: the weights are gone" in server.process.stdout.read()
    assert not (tmp_path / "mlruns").exists()
