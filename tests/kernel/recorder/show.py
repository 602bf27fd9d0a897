#!/usr/bin/env python3
"""Print a trace beside its recording: show.py NAME..."""
import json, os, sys
R = os.path.dirname(os.path.abspath(__file__)) + "/../../conformance"
for name in sys.argv[1:]:
    t = json.load(open(f"{R}/traces/{name}.json")); r = json.load(open(f"{R}/recordings/{name}.json"))
    ev = {e["i"]: e for e in r["events"]}
    print("==", name, "|", t["title"], "| cols", " ".join(r["cols"]))
    for i, o in enumerate(t["ops"]):
        s = " ".join(f"{k}={json.dumps(v) if isinstance(v, dict) else v}" for k, v in o.items() if k != "op")
        print(f"{i:4} {o['op']:12} {s}")
        e = ev.get(i)
        if not e: continue
        if "rows" in e:
            print(f"        batches={e['batches']} passes={e['passes']} {e.get('stop', '')}")
            for x in e["rows"]: print("        ", *x)
        elif "ksm" in e:
            print("        ", *e["ksm"])
            for p, v in e["procs"].items(): print("          ", p, *[f"{k.replace('ksm_', '')}={w}" for k, w in v.items()])
            if "knobs" in e: print("          ", e["knobs"])
        else: print("        ", {k: v for k, v in e.items() if k not in ("i", "op", "label")})
