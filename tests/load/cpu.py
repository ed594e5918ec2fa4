"""Processor time that a server and the database's processes have used: it counts work, whoever else is at work."""

import os
from pathlib import Path

import psycopg

TICKS = os.sysconf("SC_CLK_TCK")


def snapshot(main_process, address):
    """Seconds used so far, by process: the server's, and the sessions of its database."""
    return {pid: used(pid) for pid in [*family(main_process), *sessions(address)]}


def spent(before, after):
    """Seconds between two snapshots; a process that ended in between is not counted, one that began is."""
    return sum(seconds - before.get(pid, 0) for pid, seconds in after.items())


def family(main_process):
    parents = {pid: int(fields[1]) for pid in processes() if (fields := stat(pid))}
    return [main_process, *(pid for pid, parent in parents.items() if parent == main_process)]


def sessions(address):
    """Empty where the database runs on another machine: its time isn't seen from here."""
    with psycopg.connect(address) as connection:
        found = connection.execute(
            "SELECT pid FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )
        return [pid for (pid,) in found]


def processes():
    return [int(path.name) for path in Path("/proc").glob("[0-9]*")]


def used(pid):
    fields = stat(pid)
    return (int(fields[11]) + int(fields[12])) / TICKS if fields else 0


def stat(pid):
    """The fields of /proc/PID/stat from the state on, or None where the process has ended."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except (FileNotFoundError, ProcessLookupError):
        return None
