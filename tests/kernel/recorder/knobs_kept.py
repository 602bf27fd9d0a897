#!/usr/bin/env python3
"""Check that a run leaves every knob as it was, however the run ends: by itself, by an error, by a signal."""
import os, signal, sys, time
import runner

ODD = {"run": "1", "pages_to_scan": "123", "sleep_millisecs": "77", "smart_scan": "0", "max_page_sharing": "99",
       "use_zero_pages": "1", "merge_across_nodes": "0", "stable_node_chains_prune_millisecs": "555",
       "advisor_mode": "none", "advisor_max_cpu": "33", "advisor_min_pages_to_scan": "44",
       "advisor_max_pages_to_scan": "5555", "advisor_target_scan_time": "66"}
MEMORY = [{"op": "proc", "proc": "A"}, {"op": "mmap", "proc": "A", "region": "r", "slot": 0, "pages": 8},
          {"op": "fill", "proc": "A", "region": "r", "pattern": {"kind": "const", "byte": 1}},
          {"op": "madvise", "proc": "A", "region": "r", "advice": "mergeable"}, {"op": "run", "value": 1},
          {"op": "knob", "name": "max_page_sharing", "value": "2"}, {"op": "scanPasses", "n": 3}]
ADVISED = MEMORY + [{"op": "knob", "name": "advisor_mode", "value": "scan-time"}]
WAIT = [{"op": "sleep", "ms": 60000}]


def run(ops, ending):
    """one run in a child, ended by a signal if one is named"""
    pid = os.fork()
    if pid == 0:
        os.dup2(os.open(os.devnull, os.O_WRONLY), 2)
        runner.end_on_signals()
        try:
            runner.Run({"name": "kept", "ops": ops}).go()
        finally:
            os._exit(0)
    if ending:
        k = runner.Ksm()
        until = time.monotonic() + 10
        while not k.num("pages_sharing") and time.monotonic() < until:
            time.sleep(0.01)
        k.close()
        os.kill(pid, ending)
    os.waitpid(pid, 0)


def check(k, odd):
    """-> what went wrong"""
    bad = []
    for n in odd:
        if k.put(n, odd[n]):
            bad.append(f"cannot set {n} to {odd[n]}")
    before = runner.saved(k)
    for why, ops, ending in [("the end", MEMORY, None), ("the end with the advisor on", ADVISED, None),
                             ("an error", MEMORY + [{"op": "no such op"}], None),
                             ("SIGTERM", MEMORY + WAIT, signal.SIGTERM), ("SIGINT", MEMORY + WAIT, signal.SIGINT)]:
        run(ops, ending)
        bad += [f"after {why}: {n} is {now}, was {was}" for (n, was), (_, now) in zip(before, runner.saved(k)) if now != was]
        if k.num("pages_shared"):
            bad.append(f"after {why}: pages are still shared")
    return bad


def main():
    with runner.locked():
        if runner.foreign():
            raise SystemExit("other processes use KSM")
        k = runner.Ksm()
        own = runner.saved(k)
        try:
            bad = check(k, ODD)
            bad += check(k, {n: v for n, v in {**ODD, "advisor_mode": "scan-time"}.items() if n != "pages_to_scan"})
        finally:
            runner.restore(k, own)
    print("\n".join(bad) or "all knobs are kept")
    sys.exit(1 if bad else 0)


if __name__ == "__main__":
    main()
