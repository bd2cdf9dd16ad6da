"""Spark for real: a standalone master and two workers on the loopback address, one of them killed while
it counts, and the same bytes as on one machine."""

from __future__ import annotations

import json
import os
import pathlib
import shutil
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from typing import Any

import pytest

import parallax
from conftest import made_up

pyspark = pytest.importorskip("pyspark")
if shutil.which("java") is None:
    pytest.skip("there is no java", allow_module_level=True)

HOST = "127.0.0.1"
HOME = pathlib.Path(pyspark.__file__).parent


def free_port() -> int:
    with socket.socket() as door:
        door.bind((HOST, 0))
        return int(door.getsockname()[1])


def wait_for(what: Callable[[], bool], seconds: float, why: str) -> None:
    until = time.monotonic() + seconds
    while not what():
        assert time.monotonic() < until, why
        time.sleep(0.2)


class Cluster:
    """A master and two workers, as processes of this test."""

    def __init__(self, folder: pathlib.Path) -> None:
        self.folder = folder
        self.port = free_port()
        self.url = f"spark://{HOST}:{self.port}"
        self.environment = {
            **os.environ,
            "SPARK_LOCAL_IP": HOST,
            "SPARK_HOME": str(HOME),
            "PYSPARK_PYTHON": sys.executable,
            "SPARK_DAEMON_MEMORY": "256m",
        }
        common = ["--host", HOST, "--webui-port", "0"]
        master = "org.apache.spark.deploy.master.Master"
        self.master = self.start("master", master, *common, "--port", str(self.port))
        wait_for(lambda: "started" in self.log("master") or "Starting Spark master" in self.log("master"), 90, self.log("master"))
        worker = "org.apache.spark.deploy.worker.Worker"
        self.workers = [
            self.start(
                name, worker, *common, "--cores", "1", "--memory", "1g",
                "--work-dir", str(folder / name), self.url,
            )
            for name in ("worker-1", "worker-2")
        ]
        for name in ("worker-1", "worker-2"):
            wait_for(lambda: "Successfully registered" in self.log(name), 120, self.log(name))

    def start(self, name: str, *arguments: str) -> subprocess.Popen[bytes]:
        with open(self.folder / f"{name}.log", "wb") as log:
            return subprocess.Popen(
                [str(HOME / "bin" / "spark-class"), *arguments],
                stdout=log,
                stderr=subprocess.STDOUT,
                env=self.environment,
                start_new_session=True,
            )

    def log(self, name: str) -> str:
        return (self.folder / f"{name}.log").read_text(errors="replace")

    def kill_a_worker(self) -> None:
        """The worker and its executor, without a word."""
        import signal

        leader = self.workers[1].pid
        # Executors are children of the worker, in its group.
        os.killpg(leader, signal.SIGKILL)
        print(f"worker 2 (process group {leader}) killed")

    def stop(self) -> None:
        import signal

        for process in [*self.workers, self.master]:
            try:
                os.killpg(process.pid, signal.SIGKILL)
            except ProcessLookupError:
                pass
            process.wait()


@pytest.fixture(scope="module")
def cluster(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cluster]:
    started = Cluster(tmp_path_factory.mktemp("spark"))
    try:
        yield started
    finally:
        started.stop()


@pytest.fixture(scope="module")
def session(cluster: Cluster) -> Iterator[Any]:
    from pyspark.sql import SparkSession

    os.environ.update(cluster.environment)
    builder = (
        SparkSession.builder.master(cluster.url)
        .appName("parallax")
        .config("spark.driver.host", HOST)
        .config("spark.driver.bindAddress", HOST)
        .config("spark.ui.enabled", "false")
        .config("spark.executor.memory", "512m")
        .config("spark.driver.memory", "512m")
        .config("spark.sql.shuffle.partitions", "4")
        .config("spark.sql.execution.arrow.maxRecordsPerBatch", "100")
        .config("spark.log.level", "ERROR")
        .config("spark.task.maxFailures", "8")
    )
    made = builder.getOrCreate()
    try:
        yield made
    finally:
        made.stop()


ROWS = made_up(1500)
LEXICONS = ["political-labels"]


@pytest.fixture(scope="module")
def frame(session: Any) -> Any:
    return session.createDataFrame(
        ROWS, "id string, outlet string, title string, text string, date string"
    ).repartition(12)


@pytest.fixture(scope="module")
def expected(tmp_path_factory: pytest.TempPathFactory, command: Callable[..., str]) -> str:
    path = tmp_path_factory.mktemp("rows") / "articles.jsonl"
    path.write_text("".join(json.dumps(row) + "\n" for row in ROWS), encoding="utf-8")
    return command("report", path, "-l", LEXICONS[0], "-f", "json", "-q")


def test_rows_are_those_of_one_machine(frame: Any, expected: str) -> None:
    from parallax import spark

    assert spark.report(frame, lexicons=LEXICONS).json() == expected


def test_sums_are_those_of_one_machine(frame: Any) -> None:
    from parallax import spark

    on_spark = spark.report(frame, lexicons=LEXICONS, sums=True)
    alone = parallax.report(tallies=parallax.tally(ROWS, lexicons=LEXICONS, sums=True))
    assert on_spark.json() == alone.json()


def test_a_worker_dies_and_nothing_changes(frame: Any, cluster: Cluster, expected: str) -> None:
    """Last, because the cluster has one worker less afterwards."""
    from parallax import spark

    def slowly(batches: Iterator[Any]) -> Iterator[Any]:
        for batch in batches:
            time.sleep(0.7)
            yield batch

    slow = frame.mapInArrow(slowly, frame.schema)
    counted: list[Any] = []

    def count() -> None:
        counted.append(spark.report(slow, lexicons=LEXICONS, fields={
            "text": "text", "outlet": "outlet", "title": "title", "date": "date", "id": "id",
        }))

    tracker = frame.sparkSession.sparkContext.statusTracker()
    thread = threading.Thread(target=count)
    thread.start()

    def half_way() -> bool:
        for job in tracker.getActiveJobsIds():
            for stage in tracker.getJobInfo(job).stageIds:
                info = tracker.getStageInfo(stage)
                if info is not None and info.numTasks >= 12 and info.numCompletedTasks >= 3:
                    print(f"{info.numCompletedTasks} of {info.numTasks} parts counted")
                    return True
        return False

    wait_for(half_way, 120, "the count never got under way")
    cluster.kill_a_worker()
    thread.join(240)
    assert counted and cluster.workers[1].poll() is not None
    same = counted[0].json() == expected
    print(f"{len(expected)} bytes of the command, {len(counted[0].json())} of Spark, the same: {same}")
    assert same
