// bench-kernel WORKLOAD PAGES: throughput of the real ksmd, one batch = one pass.
// WORKLOAD: unique | dup1000 | zero | tails | prng50 (or 1..5).  Needs root.  Prints one JSON object.
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <dirent.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/mman.h>
#include <time.h>
#include <unistd.h>
#define K "/sys/kernel/mm/ksm/"
static int ksmd, parked;

static void die(const char *m) { perror(m); exit(1); }
static int put(const char *n, const char *v) {
  char p[128]; snprintf(p, sizeof p, K "%s", n);
  int fd = open(p, O_WRONLY); if (fd < 0) die(p);
  int r = write(fd, v, strlen(v)) < 0 ? errno : 0; close(fd); return r;
}
static void putn(const char *n, unsigned long v) { char b[32]; snprintf(b, sizeof b, "%lu", v); if (put(n, b)) die(n); }
static long get(const char *n) {
  char p[128], b[64] = ""; snprintf(p, sizeof p, K "%s", n);
  int fd = open(p, O_RDONLY); if (fd < 0) die(p);
  if (read(fd, b, 63) < 0) die(p);
  close(fd); return atol(b);
}
static void slurp(const char *f, char *b, int n) {
  char p[64]; snprintf(p, sizeof p, "/proc/%d/%s", ksmd, f);
  int fd = open(p, O_RDONLY); if (fd < 0) die(p);
  int r = read(fd, b, n - 1); b[r < 0 ? 0 : r] = 0; close(fd);
}
static double cpu(void) { char b[128]; slurp("schedstat", b, sizeof b); return strtoull(b, 0, 10) / 1e9; }
static int asleep(void) { char b[512]; slurp("stat", b, sizeof b); char *q = strrchr(b, ')'); return q && q[2] == 'S'; }
static double now(void) { struct timespec t; clock_gettime(CLOCK_MONOTONIC, &t); return t.tv_sec + t.tv_nsec / 1e9; }
static void settle(void) { while (!asleep()) { struct timespec t = { 0, 200000 }; nanosleep(&t, 0); } }
static void poke(void) { parked ^= 1; putn("sleep_millisecs", 3600000 + parked); settle(); }
static void empty(void) { put("advisor_mode", "none"); put("pages_to_scan", "0"); put("run", "0"); poke(); put("run", "2"); put("run", "0"); }
// The knobs as they were before, in the order in which they can be written back.
static const char *const knobs[] = { "pages_to_scan", "sleep_millisecs", "smart_scan", "max_page_sharing", "use_zero_pages", "merge_across_nodes",
  "stable_node_chains_prune_millisecs", "run" };
enum { KNOBS = sizeof knobs / sizeof *knobs };
static long old[KNOBS]; static int advised;
static void save(void) {
  char b[64] = ""; int fd = open(K "advisor_mode", O_RDONLY);
  if (fd < 0 || read(fd, b, 63) < 0) die("advisor_mode");
  close(fd); advised = strstr(b, "[scan-time]") != 0;
  for (int i = 0; i < KNOBS; i++) old[i] = get(knobs[i]);
}
static void restore(void) {
  empty();
  for (int i = 0; i < KNOBS - 1; i++) putn(knobs[i], old[i]);
  if (advised) put("advisor_mode", "scan-time");
  putn("run", old[KNOBS - 1]);
}
static void defaults(void) {
  empty();
  putn("max_page_sharing", 256); putn("use_zero_pages", 0); putn("smart_scan", 1); putn("merge_across_nodes", 1);
  putn("stable_node_chains_prune_millisecs", 2000); putn("pages_to_scan", 100); putn("sleep_millisecs", 20);
}
static void ended(int s) { restore(); _exit(128 + s); }
static uint64_t sm(uint64_t *s) {
  uint64_t z = (*s += 0x9E3779B97F4A7C15ull);
  z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9ull; z = (z ^ (z >> 27)) * 0x94D049BB133111EBull; return z ^ (z >> 31);
}
int main(int argc, char **argv) {
  static const char *const names[] = { "unique", "dup1000", "zero", "tails", "prng50" };
  int w = -1;
  if (argc < 3) { fprintf(stderr, "usage: bench-kernel unique|dup1000|zero|tails|prng50 PAGES\n"); return 2; }
  for (int i = 0; i < 5; i++) if (!strcmp(argv[1], names[i]) || atoi(argv[1]) == i + 1) w = i;
  size_t n = strtoul(argv[2], 0, 0);
  if (w < 0 || n < 2) { fprintf(stderr, "bad workload or size\n"); return 2; }
  char lock[300]; const char *temp = getenv("TMPDIR");
  snprintf(lock, sizeof lock, "%s/ksm.lock", temp && *temp ? temp : "/tmp");
  int lk = open(lock, O_RDWR | O_CREAT, 0644);
  if (lk < 0 || flock(lk, LOCK_EX)) die("lock");
  DIR *d = opendir("/proc"); struct dirent *e;
  while ((e = readdir(d))) {
    char p[300], c[32] = ""; snprintf(p, sizeof p, "/proc/%s/comm", e->d_name);
    int fd = atoi(e->d_name) > 0 ? open(p, O_RDONLY) : -1;
    if (fd >= 0) { if (read(fd, c, 31) > 0 && !strcmp(c, "ksmd\n")) ksmd = atoi(e->d_name); close(fd); }
  }
  closedir(d);
  if (!ksmd) { fprintf(stderr, "no ksmd\n"); return 1; }
  save(); signal(SIGINT, ended); signal(SIGTERM, ended); signal(SIGHUP, ended); atexit(restore);
  defaults(); poke();
  putn("smart_scan", 0); putn("use_zero_pages", w == 2); putn("pages_to_scan", 0);
  uint8_t *m = mmap((void *)0x10000000000ull, n * 4096, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED_NOREPLACE, -1, 0);
  if (m == MAP_FAILED) die("mmap");
  if (madvise(m, n * 4096, MADV_NOHUGEPAGE)) die("nohugepage");
  double t0 = now();
  for (size_t i = 0; i < n; i++) {
    uint8_t *p = m + i * 4096; uint64_t v;
    if (w == 0 || w == 1) { memset(p, 0, 4096); v = 1 + (w ? i % 1000 : i); memcpy(p, &v, 8); }
    else if (w == 2) memset(p, 0, 4096);
    else if (w == 3) { memset(p, 0x5A, 4096); v = i; memcpy(p + 4088, &v, 8); }
    else { uint64_t s = 1 + (i % (n / 2)) * 0xD1342543DE82EF95ull; for (int k = 0; k < 512; k++) { v = sm(&s); memcpy(p + 8 * k, &v, 8); } }
  }
  double fill = now() - t0;
  if (madvise(m, n * 4096, MADV_MERGEABLE)) die("mergeable");
  putn("run", 1); settle();
  putn("pages_to_scan", n + 1);
  static const char *const ph[] = { "checksum", "merge", "steady1", "steady2", "steady3" };
  printf("{\"workload\":\"%s\",\"pages\":%zu,\"fill_s\":%.4f,\"phases\":[", names[w], n, fill);
  double sp = 0, sw = 0, sc = 0;
  for (int i = 0; i < 5; i++) {
    long s0 = get("pages_scanned"), f0 = get("full_scans"); double c0 = cpu(), w0 = now();
    poke();
    double w1 = now(), c1 = cpu(); long s = get("pages_scanned") - s0;
    if (get("full_scans") != f0 + 1) { fprintf(stderr, "not one pass\n"); return 1; }
    if (i >= 2) { sp += s; sw += w1 - w0; sc += c1 - c0; }
    printf("%s{\"phase\":\"%s\",\"pages_scanned\":%ld,\"cpu_s\":%.6f,\"wall_s\":%.6f,\"pages_per_cpu_s\":%.0f,\"pages_per_wall_s\":%.0f,"
      "\"walked_per_cpu_s\":%.0f,\"shared\":%ld,\"sharing\":%ld,\"unshared\":%ld,\"volatile\":%ld,\"zero\":%ld}", i ? "," : "", ph[i], s,
      c1 - c0, w1 - w0, s / (c1 - c0), s / (w1 - w0), n / (c1 - c0), get("pages_shared"), get("pages_sharing"), get("pages_unshared"), get("pages_volatile"), get("ksm_zero_pages"));
  }
  printf("],\"steady\":{\"pages_scanned\":%.0f,\"cpu_s\":%.6f,\"wall_s\":%.6f,\"pages_per_cpu_s\":%.0f,\"pages_per_wall_s\":%.0f}}\n", sp, sc, sw, sp / sc, sp / sw);
  munmap(m, n * 4096);
  return 0;
}
