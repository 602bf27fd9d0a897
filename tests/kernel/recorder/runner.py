#!/usr/bin/env python3
"""Run a KSM trace (format ksm-trace/1) on the real kernel and print the recording as JSON.

  runner.py TRACE.json                 one run, recording on stdout
  runner.py --runs 3 -o DIR TRACE...   repeat; write DIR/NAME.json only if all runs agree
  runner.py --no-drain TRACE.json      do not empty the per-CPU folio batches before a scan
  runner.py --jitter SEED TRACE.json   random delays and CPU moves between ops
  runner.py --marker FILE TRACE.json   write "begin NAME" and "end NAME" to FILE around the ops

Needs root.  Takes ksm.lock in the temp folder for one run of one trace at a time.  All knobs have
the values that they had before, once it has ended, however it ends.
"""
import argparse, ctypes, fcntl, hashlib, json, os, random, select, signal, socket, struct, subprocess, sys, tempfile, time

HERE = os.path.dirname(os.path.abspath(__file__))
AGENT = os.path.join(HERE, "agent")
LOCK = os.path.join(tempfile.gettempdir(), "ksm.lock")
KSM = "/sys/kernel/mm/ksm/"
PAGE = 4096
WIN = 0x10000000000
SLOT = 1 << 30
DEFAULTS = [("run", "0"), ("advisor_mode", "none"), ("pages_to_scan", "100"), ("sleep_millisecs", "20"),
            ("smart_scan", "1"), ("max_page_sharing", "256"), ("use_zero_pages", "0"), ("merge_across_nodes", "1"),
            ("stable_node_chains_prune_millisecs", "2000"), ("advisor_max_cpu", "70"),
            ("advisor_min_pages_to_scan", "500"), ("advisor_max_pages_to_scan", "30000"),
            ("advisor_target_scan_time", "200")]
COLS = ["pages_scanned", "full_scans", "pages_shared", "pages_sharing", "pages_unshared", "pages_volatile",
        "pages_skipped", "ksm_zero_pages", "stable_node_chains", "stable_node_dups", "general_profit"]
KNOBS = ["run", "pages_to_scan", "sleep_millisecs", "smart_scan", "max_page_sharing", "use_zero_pages",
         "merge_across_nodes", "stable_node_chains_prune_millisecs", "advisor_mode", "advisor_max_cpu",
         "advisor_min_pages_to_scan", "advisor_max_pages_to_scan", "advisor_target_scan_time"]
OPS = dict(mmap=1, fill=2, write=3, read=4, madvise=5, munmap=6, mremap=7, mprotect=8, fork=9, exit=10, prctl=11,
           ping=12, hash=13, affin=14)
ADV = dict(mergeable=12, unmergeable=13, dontneed=4, nohugepage=15, free=8)
PROT = dict(none=0, r=1, rw=3)
PARK = (3600000, 3600001)          # two long sleeps; changing one into the other wakes ksmd once
libc = ctypes.CDLL(None, use_errno=True)
libc.mmap.restype = ctypes.c_void_p
libc.mmap.argtypes = [ctypes.c_void_p, ctypes.c_size_t, ctypes.c_int, ctypes.c_int, ctypes.c_int, ctypes.c_long]
libc.munmap.argtypes = [ctypes.c_void_p, ctypes.c_size_t]
libc.madvise.argtypes = [ctypes.c_void_p, ctypes.c_size_t, ctypes.c_int]


class Skew(Exception):
    pass


def ksmd_pid():
    for d in os.listdir("/proc"):
        if d.isdigit():
            try:
                if open(f"/proc/{d}/comm").read() == "ksmd\n":
                    return int(d)
            except OSError:
                pass
    raise SystemExit("no ksmd")


class Drain:
    """lru_add_drain_all() from user space: MADV_COLLAPSE over a range that holds no whole huge page."""
    def __init__(self):
        self.p = libc.mmap(None, 8 << 20, 3, 0x22, -1, 0)
        self.a = (self.p + (2 << 20) - 1) & ~((2 << 20) - 1)
        ctypes.memset(self.p, 1, 1)           # the call needs an anon_vma

    def __call__(self):
        if libc.madvise(self.a, PAGE, 25) != 0:
            raise OSError(ctypes.get_errno(), "MADV_COLLAPSE")

    def close(self):
        libc.munmap(self.p, 8 << 20)


def pattern(p):
    """-> the agent's five words: kind, byte, base, m, off"""
    k = p["kind"]
    M = (1 << 64) - 1
    num = lambda key, d=0: int(p.get(key, d), 0) if isinstance(p.get(key, d), str) else p.get(key, d)
    if k == "zero":
        return (0, 0, 0, 0, 0)
    if k == "const":
        return (1, num("byte"), 0, 0, 0)
    if k == "seq":
        return (2, 0, num("base") & M, 0, 0)
    if k == "mod":
        return (2, 0, num("base") & M, num("m"), 0)
    if k == "tail":
        return (2, num("byte", 0x5A), num("base") & M, num("m"), 4088)
    if k == "at":
        return (2, num("byte"), num("base") & M, num("m"), num("offset"))
    if k == "prng":
        return (3, 0, num("seed") & M, num("m"), 0)
    if k == "text":
        return (4, 0, num("seed") & M, num("m"), 0)
    raise ValueError(k)


class Ksm:
    def __init__(self):
        self.fd = {}
        self.pid = ksmd_pid()
        self.stat = os.open(f"/proc/{self.pid}/stat", os.O_RDONLY)
        self.toggle = 0

    def _fd(self, n):
        if n not in self.fd:
            p = KSM + n
            self.fd[n] = os.open(p, os.O_RDWR if os.stat(p).st_mode & 0o200 else os.O_RDONLY)
        return self.fd[n]

    def get(self, n):
        return os.pread(self._fd(n), 64, 0).decode().strip()

    def num(self, n):
        return int(self.get(n))

    def close(self):
        for fd in [self.stat, *self.fd.values()]:
            os.close(fd)

    def put(self, n, v):
        try:
            os.pwrite(self._fd(n), (v + "\n").encode(), 0)
            return 0
        except OSError as e:
            return e.errno

    def asleep(self):
        s = os.pread(self.stat, 512, 0)
        return s[s.rindex(b")") + 2:s.rindex(b")") + 3] == b"S"

    def settle(self, timeout=600):
        """until ksmd is in an interruptible sleep: only its two wait queues are such sleeps"""
        t = time.monotonic() + timeout
        n = 0
        while not self.asleep():
            n += 1
            if n > 200:
                time.sleep(0.0005)
            if time.monotonic() > t:
                raise Skew("ksmd does not go to sleep")

    def poke(self):
        """change sleep_millisecs: wakes ksmd once if it waits between batches, not if it has nothing to do"""
        self.toggle ^= 1
        if self.put("sleep_millisecs", str(PARK[self.toggle])):
            raise Skew("sleep_millisecs")
        self.settle()


def foreign():
    bad = []
    for d in os.listdir("/proc"):
        if not d.isdigit():
            continue
        try:
            t = open(f"/proc/{d}/ksm_stat").read()
        except OSError:
            continue
        if "ksm_merge_any: yes" in t or "ksm_mergeable: yes" in t or (t and not t.startswith("ksm_rmap_items 0\n")):
            bad.append(int(d))
    return bad


def reset(k):
    """empty KSM completely and park ksmd in its 'nothing to do' wait"""
    k.put("advisor_mode", "none")
    k.put("pages_to_scan", "0")
    k.put("run", "0")
    k.poke(); k.poke()
    if k.put("run", "2"):
        raise Skew("run=2")
    k.put("run", "0")
    for n, v in DEFAULTS:
        if n in ("run", "pages_to_scan", "sleep_millisecs"):
            continue
        e = k.put(n, v)
        if e:
            raise Skew(f"reset {n}: errno {e}")
    k.poke()
    for n in COLS:
        if n in ("pages_scanned", "pages_skipped"):
            continue
        if k.num(n):
            raise Skew(f"not empty at start: {n}={k.num(n)}")


def saved(k):
    """the knobs as they are, in the order in which they can be written back"""
    v = {n: k.get(n) for n, _ in DEFAULTS}
    v["advisor_mode"] = v["advisor_mode"].split("[")[1].split("]")[0]
    last = ["advisor_mode", "run"]               # the mode reads the advisor's knobs; run wakes ksmd
    return [(n, v[n]) for n in v if n not in last] + [(n, v[n]) for n in last]


def restore(k, knobs):
    k.put("advisor_mode", "none"); k.put("pages_to_scan", "0"); k.put("run", "0"); k.poke(); k.put("run", "2")
    k.put("run", "0")
    for n, v in knobs:
        k.put(n, v)


class Run:
    def __init__(self, trace, drain=True, jitter=None, marker=None):
        self.t = trace
        self.marker = marker
        self.k = Ksm()
        self.do_drain = drain
        self.drain = Drain()
        self.rng = random.Random(jitter) if jitter is not None else None
        self.v = {"pages_to_scan": "100", "sleep_millisecs": "20"}    # what the trace sees
        self.advisor = False
        self.reg = {}      # proc -> region -> [addr, pages]
        self.pid = {}
        self.pidfd = {}
        self.direct = {}
        self.events = []
        self.names = []
        for o in trace["ops"]:
            if o["op"] == "proc":
                self.names.append(o["proc"])
            if o["op"] == "fork":
                self.names.append(o["child"])
        if len(set(self.names)) != len(self.names):
            raise ValueError("process names may not repeat")
        self.sock = {}
        self.theirs = []
        for n in self.names:
            a, b = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
            self.sock[n] = a
            self.theirs.append(b)
        self.live = []

    # ---- agents
    def call(self, proc, op, *a, data=b""):
        a = list(a) + [0] * (8 - len(a))
        self.sock[proc].send(struct.pack("<9QII256s", OPS[op], *[x & ((1 << 64) - 1) for x in a], len(data), 0, data))
        if op == "exit":
            return 0, 0
        r = self.sock[proc].recv(64)
        if len(r) != 16:
            raise Skew(f"agent {proc} died in {op}")
        return struct.unpack("<qq", r)

    def add(self, name, pid, direct):
        self.pid[name] = pid
        self.pidfd[name] = os.pidfd_open(pid)
        self.direct[name] = direct
        self.live.append(name)

    def rm(self, name):
        p = select.poll(); p.register(self.pidfd[name], select.POLLIN); p.poll(60000)
        if self.direct[name] is not None:
            self.direct[name].wait()
        os.close(self.pidfd[name])
        self.live.remove(name)

    def spawn(self, name):
        fds = [s.fileno() for s in self.theirs]
        p = subprocess.Popen([AGENT, str(self.names.index(name))] + [str(f) for f in fds], pass_fds=fds,
                             stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL)
        self.add(name, p.pid, p)
        self.reg[name] = {}
        self.call(name, "ping")

    def addr(self, o):
        base, n = self.reg[o["proc"]][o["region"]]
        s = o.get("start", 0); c = o.get("count", n - s)
        return base + s * PAGE, c

    # ---- counters
    def row(self):
        k = self.k
        while True:
            a = k.num("pages_scanned")
            r = [k.num(c) for c in COLS]
            if k.num("pages_scanned") == a and k.asleep():
                break
        r[0] -= self.base_scanned
        r[6] -= self.base_skipped
        return r

    def procs(self):
        out = {}
        for n in self.live:
            d = {}
            for l in open(f"/proc/{self.pid[n]}/ksm_stat"):
                a, b = l.strip().replace(":", "").split(" ", 1)
                d[a] = {"yes": True, "no": False}.get(b, None) if b in ("yes", "no") else int(b)
            d["merging_pages_file"] = int(open(f"/proc/{self.pid[n]}/ksm_merging_pages").read())
            out[n] = d
        return out

    def knobs(self):
        d = {n: self.k.get(n) for n in KNOBS}
        if not self.advisor:
            d["pages_to_scan"] = self.v["pages_to_scan"]
        d["sleep_millisecs"] = self.v["sleep_millisecs"]
        return d

    # ---- stepping
    def scan(self, o):
        k = self.k
        each_pass = o["op"] == "scanPasses"
        by = o.get("each", "pass" if each_pass else "batch")
        if self.do_drain:
            self.drain()
        if not self.advisor:
            k.put("pages_to_scan", self.v["pages_to_scan"])
        n = 0; passes = 0; rows = []; limit = o.get("limit", 1000000)
        stop = None
        while (passes if each_pass else n) < o["n"]:
            f0 = k.num("full_scans"); s0 = k.num("pages_scanned")
            p2s = k.num("pages_to_scan")
            k.poke()
            f1 = k.num("full_scans"); s1 = k.num("pages_scanned")
            if p2s and f1 == f0 and s1 == s0:      # a batch always scans a page or ends a pass
                stop = "idle"
                break
            n += 1
            if f1 - f0 not in (0, 1) or s1 - s0 > p2s or (f1 == f0 and s1 - s0 != p2s and k.get("run") == "1"):
                raise Skew(f"step: full_scans +{f1 - f0}, pages_scanned +{s1 - s0}, pages_to_scan {p2s}")
            passes += f1 - f0
            if by == "batch" or (by == "pass" and f1 != f0):
                rows.append(self.row())
            if n >= limit:
                break
        if not self.advisor:
            k.put("pages_to_scan", "0")
        e = {"batches": n, "passes": passes, "rows": rows}
        if stop:
            e["stop"] = stop
        return e

    def knob(self, name, value):
        k = self.k
        if name == "pages_to_scan" and not self.advisor:
            e = k.put(name, value)
            if e == 0:
                self.v[name] = k.get(name)
            k.put(name, "0")
            return e
        if name == "sleep_millisecs":
            # ksmd may not run free: try the write with ksmd stopped, then park again
            e = k.put(name, value)
            if e == 0:
                self.v[name] = k.get(name)
                k.toggle = 0
                k.put(name, str(PARK[0]))
            k.settle()
            return e
        e = k.put(name, value)
        if name == "advisor_mode" and e == 0:
            on = "[scan-time]" in k.get(name)
            if self.advisor and not on:
                self.v["pages_to_scan"] = k.get("pages_to_scan")
            if not on:
                k.put("pages_to_scan", "0")
            self.advisor = on
        return e

    def step(self, i, o):
        op = o["op"]
        ev = {}
        if op == "proc":
            self.spawn(o["proc"])
        elif op == "mmap":
            a = WIN + o["slot"] * SLOT + o.get("off", 0) * PAGE
            r, e = self.call(o["proc"], "mmap", a, o["pages"] * PAGE, PROT[o.get("prot", "rw")])
            if r: raise Skew(f"mmap errno {e}")
            self.reg[o["proc"]][o["region"]] = [a, o["pages"]]
        elif op == "fill":
            a, c = self.addr(o)
            self.call(o["proc"], "fill", a, c, *pattern(o["pattern"]))
        elif op == "write":
            base, n = self.reg[o["proc"]][o["region"]]
            b = bytes.fromhex(o["bytes"])
            assert o.get("offset", 0) + len(b) <= PAGE
            self.call(o["proc"], "write", base + o["page"] * PAGE + o.get("offset", 0), 0, data=b)
        elif op == "read":
            a, c = self.addr(o)
            self.call(o["proc"], "read", a, c)
        elif op == "madvise":
            a, c = self.addr(o)
            r, e = self.call(o["proc"], "madvise", a, c * PAGE, ADV[o["advice"]])
            ev["errno"] = e
        elif op == "munmap":
            a, c = self.addr(o)
            r, e = self.call(o["proc"], "munmap", a, c * PAGE)
            if r: raise Skew(f"munmap errno {e}")
        elif op == "mremap":
            base, n = self.reg[o["proc"]][o["region"]]
            to = WIN + o["slot"] * SLOT + o.get("off", 0) * PAGE
            n2 = o.get("pages", n)
            r, e = self.call(o["proc"], "mremap", base, n * PAGE, to, n2 * PAGE)
            if r: raise Skew(f"op {i} mremap: errno {e}")
            self.reg[o["proc"]][o["region"]] = [to, n2]
        elif op == "mprotect":
            a, c = self.addr(o)
            r, e = self.call(o["proc"], "mprotect", a, c * PAGE, PROT[o["prot"]])
            if r: raise Skew(f"mprotect errno {e}")
        elif op == "hash":
            a, c = self.addr(o)
            r, e = self.call(o["proc"], "hash", a, c)
            ev["fnv1a64"] = "%016x" % (r & ((1 << 64) - 1))
        elif op == "fork":
            idx = self.names.index(o["child"])
            r, e = self.call(o["proc"], "fork", idx)
            if r <= 0: raise Skew(f"fork errno {e}")
            self.add(o["child"], r, None)
            self.reg[o["child"]] = {k: list(v) for k, v in self.reg[o["proc"]].items()}
            rr = self.sock[o["child"]].recv(64)      # the child's own reply to the fork
            assert len(rr) == 16
        elif op == "exit":
            self.call(o["proc"], "exit")
            self.rm(o["proc"])
        elif op == "prctl":
            r, e = self.call(o["proc"], "prctl", 1 if o["mergeAny"] else 0)
            ev["errno"] = e; ev["get"] = r
        elif op == "knob":
            ev["errno"] = self.knob(o["name"], o["value"])
            ev["now"] = self.knobs()[o["name"]]
        elif op == "run":
            ev["errno"] = self.k.put("run", str(o["value"]))
        elif op == "sleep":
            time.sleep(o["ms"] / 1000)
        elif op in ("scanBatches", "scanPasses"):
            ev = self.scan(o)
        elif op == "sample":
            ev = {"ksm": self.row(), "procs": self.procs()}
            if o.get("knobs"):
                ev["knobs"] = self.knobs()
        else:
            raise ValueError(op)
        self.k.settle()
        if op not in ("scanBatches", "scanPasses"):
            s = self.k.num("pages_scanned")
            if s != self.last_scanned:
                raise Skew(f"op {i} {op}: ksmd scanned {s - self.last_scanned} pages on its own")
            f = self.k.num("full_scans")
            if f not in (0, self.last_full):                     # run=2 counts from 0 again
                raise Skew(f"op {i} {op}: ksmd ended {f - self.last_full} passes on its own")
        self.last_scanned = self.k.num("pages_scanned")
        self.last_full = self.k.num("full_scans")
        if ev:
            if "label" in o:
                ev = {"label": o["label"], **ev}
            self.events.append({"i": i, "op": op, **ev})

    def go(self):
        k = self.k
        knobs = None
        try:
            bad = foreign()
            if bad:
                raise Skew(f"other processes use KSM: {bad}")
            knobs = saved(k)
            reset(k)
            self.base_scanned = self.last_scanned = k.num("pages_scanned")
            self.base_skipped = k.num("pages_skipped")
            self.last_full = k.num("full_scans")
            self.mark("begin")
            for i, o in enumerate(self.t["ops"]):
                if self.rng:
                    time.sleep(self.rng.choice([0, 0, 0.001, 0.01]))
                    for n in self.live:
                        self.call(n, "affin", self.rng.randrange(os.cpu_count()))
                self.step(i, o)
            self.mark("end")
        finally:
            for s in ENDING:
                signal.signal(s, signal.SIG_IGN)
            self.end()
            if knobs:
                restore(k, knobs)
            k.close()
            end_on_signals()
        return self.events

    def mark(self, word):
        if self.marker:
            with open(self.marker, "w") as f:
                f.write(f"{word} {self.t['name']}")

    def end(self):
        for n in list(self.live):
            os.kill(self.pid[n], signal.SIGKILL)
            self.rm(n)
        for s in list(self.sock.values()) + self.theirs:
            s.close()
        self.drain.close()


ENDING = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


def end_on_signals():
    """an ending signal raises SystemExit, so that what is cleaned up on errors is cleaned up then too"""
    def end(number, frame):
        raise SystemExit(128 + number)
    for s in ENDING:
        signal.signal(s, end)


def tidy(rec):
    out = ["{"]
    head = {k: v for k, v in rec.items() if k != "events"}
    for k, v in head.items():
        out.append(f" {json.dumps(k)}: {json.dumps(v)},")
    out.append(' "events": [')
    out.append(",\n".join("  " + json.dumps(e, separators=(",", ":")) for e in rec["events"]))
    out.append(" ]\n}\n")
    return "\n".join(out)


def locked():
    """the lock; one run has it at a time, and it goes when the file is closed"""
    lk = open(LOCK, "w")
    fcntl.flock(lk, fcntl.LOCK_EX)
    return lk


def once(path, drain=True, jitter=None, marker=None):
    t = json.load(open(path))
    with locked():
        t0 = time.time()
        ev = Run(t, drain, jitter, marker).go()
        return t, ev, time.time() - t0


def main():
    ap = argparse.ArgumentParser()
    ap.add_argument("trace", nargs="+")
    ap.add_argument("--runs", type=int, default=1)
    ap.add_argument("-o")
    ap.add_argument("--no-drain", action="store_true")
    ap.add_argument("--jitter", type=int)
    ap.add_argument("--marker")
    a = ap.parse_args()
    end_on_signals()
    rc = 0
    for path in a.trace:
        got = []; secs = []
        err = None
        for r in range(a.runs):
            try:
                j = a.jitter
                if a.runs > 1 and r > 0:
                    j = 1000 * r + (a.jitter or 0)
                t, ev, s = once(path, not a.no_drain, j, a.marker)
                got.append(ev); secs.append(s)
            except Skew as e:
                err = f"{path}: {e}"
                break
        if err:
            print("SKEW", err, file=sys.stderr); rc = 1
            continue
        same = all(g == got[0] for g in got)
        u = os.uname()
        rec = {"format": "ksm-recording/1", "trace": t["name"],
               "trace_sha256": hashlib.sha256(open(path, "rb").read()).hexdigest(),
               "kernel": f"{u.sysname} {u.release} {u.machine}", "runs": len(got), "identical": same,
               "cols": COLS, "events": got[0]}
        if not a.o:
            sys.stdout.write(tidy(rec))
        elif same:
            open(os.path.join(a.o, t["name"] + ".json"), "w").write(tidy(rec))
        if a.runs > 1:
            print(f"{'same' if same else 'FLAKY'} {t['name']} {' '.join('%.2fs' % s for s in secs)}", file=sys.stderr)
        if not same:
            rc = 1
            for n, g in enumerate(got[1:], 1):
                for x, y in zip(got[0], g):
                    if x != y:
                        print(f"  run 0 {json.dumps(x)[:600]}\n  run {n} {json.dumps(y)[:600]}", file=sys.stderr)
                        break
    sys.exit(rc)


if __name__ == "__main__":
    main()
