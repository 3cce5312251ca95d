import os, subprocess, tempfile, time
from dagster import DagsterInstance, execute_job, job, multiprocess_executor, op, reconstructable

# Each step reads this file anew, in a process of its own.
LENGTH = int(os.environ["LENGTH"])

@op
def first() -> int:
    subprocess.run(["/bin/true"], check=True)
    return 0

@op
def step(before: int) -> int:
    subprocess.run(["/bin/true"], check=True)
    return before + 1

@job(executor_def=multiprocess_executor)
def chain():
    value = first()
    for number in range(LENGTH - 1):
        value = step.alias(f"step_{number}")(value)

if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as home, DagsterInstance.local_temp(home) as instance:
        began = time.perf_counter()
        result = execute_job(reconstructable(chain), instance=instance)
        assert result.success
        print("ms_per_step", (time.perf_counter() - began) * 1000 / LENGTH)
