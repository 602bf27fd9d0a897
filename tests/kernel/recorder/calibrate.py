#!/usr/bin/env python3
"""Run bench-kernel 5 times per workload and size; write calibration.json here."""
import json, os, subprocess, sys, time
HERE = os.path.dirname(os.path.abspath(__file__))
W = ["unique", "dup1000", "zero", "tails", "prng50"]
RUNS = 5
def spread(v):
    v = sorted(v); m = v[len(v) // 2]
    return {"median": m, "min": v[0], "max": v[-1], "spread_pct": round(100 * (v[-1] - v[0]) / m, 1) if m else 0}
out = {"format": "ksm-calibration/1", "kernel": " ".join(os.uname()[i] for i in (0, 2, 4)),
       "cpu": next((l.split(":", 1)[1].strip() for l in open("/proc/cpuinfo") if l.startswith("model name")), "?"),
       "cpus": os.cpu_count(), "date": time.strftime("%Y-%m-%d"), "runs": RUNS,
       "notes": "smart_scan=0, max_page_sharing=256, one batch per pass; CPU seconds are ksmd's own (/proc/PID/schedstat); steady = passes 3 to 5 together; zero runs with use_zero_pages=1, so its steady passes scan no page at all",
       "workloads": {}, "raw": []}
raw = {}
for size in (65536, 262144):
    for r in range(RUNS):
        for w in W:
            d = json.loads(subprocess.check_output([HERE + "/bench-kernel", w, str(size)]))
            d["run"] = r
            raw.setdefault((w, size), []).append(d)
            out["raw"].append(d)
for (w, size), ds in raw.items():
    o = {}
    for i, ph in enumerate(("checksum", "merge")):
        x = [d["phases"][i] for d in ds]
        o[ph] = {"pages_scanned": x[0]["pages_scanned"], "pages_per_cpu_s": spread([p["pages_per_cpu_s"] for p in x]),
                 "pages_per_wall_s": spread([p["pages_per_wall_s"] for p in x]), "cpu_s": spread([p["cpu_s"] for p in x])}
    x = [d["steady"] for d in ds]
    o["steady"] = {"pages_scanned_per_pass": x[0]["pages_scanned"] / 3, "pages_per_cpu_s": spread([p["pages_per_cpu_s"] for p in x]),
                   "pages_per_wall_s": spread([p["pages_per_wall_s"] for p in x]), "cpu_s_per_pass": spread([round(p["cpu_s"] / 3, 6) for p in x])}
    o["end"] = {k: ds[0]["phases"][4][k] for k in ("shared", "sharing", "unshared", "volatile", "zero")}
    o["first_pass_cpu_s_total_three_phases"] = spread([round(sum(p["cpu_s"] for p in d["phases"][:3]), 6) for d in ds])
    out["workloads"].setdefault(w, {})[str(size)] = o
json.dump(out, open(HERE + "/calibration.json", "w"), indent=1)
