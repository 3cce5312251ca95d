"""A chain of tasks that each start an empty program. `processes`: each task in a process of Prefect's pool; `threads`: in the flow's own."""
import subprocess, sys, time
from prefect import flow, task
from prefect.task_runners import ProcessPoolTaskRunner

@task
def step(before):
    subprocess.run(["/bin/true"], check=True)
    return before + 1

@flow
def in_flow(length: int):
    value = 0
    for _ in range(length):
        value = step(value)
    return value

@flow(task_runner=ProcessPoolTaskRunner(max_workers=1))
def in_processes(length: int):
    value = step.submit(0)
    assert value.result() == 1
    began = time.perf_counter()
    for _ in range(length - 1):
        value = step.submit(value)
    assert value.result() == length
    # Without the first, for which the pool starts its process.
    print("ms_per_step_warm", (time.perf_counter() - began) * 1000 / (length - 1))
    return length

if __name__ == "__main__":
    chain = in_processes if sys.argv[1] == "processes" else in_flow
    length = int(sys.argv[2])
    in_flow(1)
    began = time.perf_counter()
    assert chain(length) == length
    print("ms_per_step", (time.perf_counter() - began) * 1000 / length)
