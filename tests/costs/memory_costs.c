// memory_costs: what one page, or one call, of memory management costs on this kernel, in
// nanoseconds: the medians of RUNS runs as one JSON object. Needs root for the rows about KSM.
//   gcc -O2 -Wall -o memory_costs memory_costs.c && chrt --fifo 50 ./memory_costs
#define _GNU_SOURCE
#include <dirent.h>
#include <fcntl.h>
#include <pthread.h>
#include <sched.h>
#include <stdatomic.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { RUNS = 7, PAGES = 16384, PAGE = 4096, ROUNDS = 20000 };
#define KSM "/sys/kernel/mm/ksm/"

static void die(const char *what) { perror(what); exit(1); }

static double now(void) {
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return t.tv_sec * 1e9 + t.tv_nsec;
}

static uint8_t *map(size_t pages) {
  uint8_t *m = mmap(0, pages * PAGE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  if (m == MAP_FAILED || madvise(m, pages * PAGE, MADV_NOHUGEPAGE)) die("mmap");
  return m;
}

static void touch(uint8_t *m, size_t pages) {
  for (size_t i = 0; i < pages; i++) m[i * PAGE] = 1;
}

static volatile uint8_t sink;

static double write_fault(void) {
  uint8_t *m = map(PAGES);
  double start = now();
  touch(m, PAGES);
  double took = now() - start;
  munmap(m, PAGES * PAGE);
  return took / PAGES;
}

static double read_fault(void) {
  uint8_t *m = map(PAGES);
  double start = now();
  for (size_t i = 0; i < PAGES; i++) sink = m[i * PAGE];
  double took = now() - start;
  munmap(m, PAGES * PAGE);
  return took / PAGES;
}

// A child that waits until its standard input ends; the mother's pages stay shared with it.
static pid_t hold(int pipes[2]) {
  if (pipe(pipes)) die("pipe");
  pid_t child = fork();
  if (child < 0) die("fork");
  if (child == 0) {
    char c;
    close(pipes[1]);
    if (read(pipes[0], &c, 1) < 0) die("read");
    _exit(0);
  }
  close(pipes[0]);
  return child;
}

static double copy_fault(void) {
  int pipes[2];
  uint8_t *m = map(PAGES);
  touch(m, PAGES);
  pid_t child = hold(pipes);
  double start = now();
  touch(m, PAGES);
  double took = now() - start;
  close(pipes[1]);
  waitpid(child, 0, 0);
  munmap(m, PAGES * PAGE);
  return took / PAGES;
}

static double reuse_fault(void) {
  int pipes[2];
  uint8_t *m = map(PAGES);
  touch(m, PAGES);
  pid_t child = hold(pipes);
  close(pipes[1]);
  waitpid(child, 0, 0);
  double start = now();
  touch(m, PAGES);
  double took = now() - start;
  munmap(m, PAGES * PAGE);
  return took / PAGES;
}

static double fork_time(size_t pages) {
  int pipes[2];
  uint8_t *m = map(pages);
  touch(m, pages);
  double start = now();
  pid_t child = hold(pipes);
  double took = now() - start;
  close(pipes[1]);
  waitpid(child, 0, 0);
  munmap(m, pages * PAGE);
  return took;
}

static double fork_call(void) { return fork_time(1); }
static double fork_page(void) { return (fork_time(PAGES + 1) - fork_time(1)) / PAGES; }

static double unmap_page(void) {
  uint8_t *m = map(PAGES);
  touch(m, PAGES);
  double start = now();
  munmap(m, PAGES * PAGE);
  return (now() - start) / PAGES;
}

static double protect_page(void) {
  uint8_t *m = map(PAGES);
  touch(m, PAGES);
  double start = now();
  mprotect(m, PAGES * PAGE, PROT_READ);
  double took = now() - start;
  munmap(m, PAGES * PAGE);
  return took / PAGES;
}

static double move_page(void) {
  // One page more or less than whole tables apart, so that no table can be moved as one.
  uint8_t *m = map(PAGES), *to = map(PAGES + 1);
  touch(m, PAGES);
  double start = now();
  if (mremap(m, PAGES * PAGE, PAGES * PAGE, MREMAP_MAYMOVE | MREMAP_FIXED, to) == MAP_FAILED) die("mremap");
  double took = now() - start;
  munmap(to, (PAGES + 1) * PAGE);
  return took / PAGES;
}

static double map_call(void) {
  double start = now();
  for (int i = 0; i < ROUNDS; i++) {
    void *m = mmap(0, PAGE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    munmap(m, PAGE);
  }
  return (now() - start) / ROUNDS / 2;
}

static void pin(int cpu) {
  cpu_set_t set;
  CPU_ZERO(&set);
  CPU_SET(cpu, &set);
  if (sched_setaffinity(0, sizeof set, &set)) die("affinity");
}

// One byte there and back between two processes: two wake-ups and two switches a round.
static double ping(int here, int there) {
  int go[2], come[2];
  char c = 0;
  if (pipe(go) || pipe(come)) die("pipe");
  pin(here);
  pid_t child = fork();
  if (child == 0) {
    pin(there);
    close(go[1]);
    while (read(go[0], &c, 1) == 1) if (write(come[1], &c, 1) != 1) die("write");
    _exit(0);
  }
  double start = now();
  for (int i = 0; i < ROUNDS; i++) if (write(go[1], &c, 1) != 1 || read(come[0], &c, 1) != 1) die("ping");
  double took = now() - start;
  close(go[0]), close(go[1]), close(come[0]), close(come[1]);
  waitpid(child, 0, 0);
  return took / ROUNDS / 2;
}

static double context_switch(void) { return ping(0, 0); }
static double wake_other_cpu(void) { return ping(0, 1); }

static _Atomic int turn, ready;
static void *other(void *unused) {
  pin(1);
  atomic_store(&ready, 1);
  for (int i = 0; i < ROUNDS; i++) {
    while (atomic_load_explicit(&turn, memory_order_acquire) != 1) __builtin_ia32_pause();
    atomic_store_explicit(&turn, 0, memory_order_release);
  }
  return unused;
}
static double cache_line_transfer(void) {
  pthread_t thread;
  turn = ready = 0;
  pthread_create(&thread, 0, other, 0);
  while (!atomic_load(&ready)) usleep(100);
  pin(0);
  double start = now();
  for (int i = 0; i < ROUNDS; i++) {
    atomic_store_explicit(&turn, 1, memory_order_release);
    while (atomic_load_explicit(&turn, memory_order_acquire) != 0) __builtin_ia32_pause();
  }
  double took = now() - start;
  pthread_join(thread, 0);
  return took / ROUNDS / 2;
}

static double copy_page(void) {
  uint8_t *m = map(2 * PAGES);
  touch(m, 2 * PAGES);
  double start = now();
  for (size_t i = 0; i < PAGES; i++) memcpy(m + (PAGES + i) * PAGE, m + i * PAGE, PAGE);
  double took = now() - start;
  munmap(m, 2 * PAGES * PAGE);
  return took / PAGES;
}

static int ksmd;
static void put(const char *name, long value) {
  char path[128], text[32];
  snprintf(path, sizeof path, KSM "%s", name);
  snprintf(text, sizeof text, "%ld", value);
  int fd = open(path, O_WRONLY);
  if (fd < 0 || write(fd, text, strlen(text)) < 0) die(path);
  close(fd);
}
static void ksmd_file(const char *name, char *text, int size) {
  char path[64];
  snprintf(path, sizeof path, "/proc/%d/%s", ksmd, name);
  int fd = open(path, O_RDONLY);
  int got = fd < 0 ? -1 : read(fd, text, size - 1);
  if (got < 0) die(path);
  text[got] = 0;
  close(fd);
}
static double ksmd_time(void) {
  char text[128];
  ksmd_file("schedstat", text, sizeof text);
  return strtod(text, 0);
}
static void pass(void) {
  static int parked;
  char text[512], *name;
  put("sleep_millisecs", 3600000 + (parked ^= 1));
  do {
    usleep(200);
    ksmd_file("stat", text, sizeof text);
    name = strrchr(text, ')');
  } while (!name || name[2] != 'S');
}
static void restore(void) {
  put("pages_to_scan", 0), put("run", 0), pass(), put("run", 2), put("run", 0);
  put("smart_scan", 1), put("use_zero_pages", 0), put("pages_to_scan", 100), put("sleep_millisecs", 20);
}

// All pages but one of a table of 512 are missing.
static double scan_hole(void) {
  size_t tables = 2048;
  uint8_t *m = map(tables * 512);
  for (size_t i = 0; i < tables; i++) m[i * 512 * PAGE] = 1;
  madvise(m, tables * 512 * PAGE, MADV_MERGEABLE);
  put("smart_scan", 0), put("pages_to_scan", 0), put("run", 1), usleep(50000), put("pages_to_scan", tables + 1);
  pass(), pass();
  double sparse = ksmd_time();
  pass(), pass();
  sparse = ksmd_time() - sparse;
  munmap(m, tables * 512 * PAGE);
  restore();
  m = map(tables);
  touch(m, tables);
  madvise(m, tables * PAGE, MADV_MERGEABLE);
  put("smart_scan", 0), put("pages_to_scan", 0), put("run", 1), usleep(50000), put("pages_to_scan", tables + 1);
  pass(), pass();
  double dense = ksmd_time();
  pass(), pass();
  dense = ksmd_time() - dense;
  munmap(m, tables * PAGE);
  restore();
  return (sparse - dense) / 2 / tables / 511;
}

static uint8_t *merged(void) {
  uint8_t *m = map(PAGES);
  for (size_t i = 0; i < PAGES; i++) m[i * PAGE] = i % 1000, m[i * PAGE + 1] = i % 1000 >> 8;
  madvise(m, PAGES * PAGE, MADV_MERGEABLE);
  put("smart_scan", 0), put("pages_to_scan", 0), put("run", 1), usleep(50000), put("pages_to_scan", PAGES + 1);
  pass(), pass(), pass();
  return m;
}
static double ksm_copy_fault(void) {
  uint8_t *m = merged();
  double start = now();
  for (size_t i = 0; i < PAGES; i++) m[i * PAGE + 8] = 1;
  double took = now() - start;
  munmap(m, PAGES * PAGE);
  restore();
  return took / PAGES;
}
static double unmerge_page(void) {
  uint8_t *m = merged();
  double start = now();
  if (madvise(m, PAGES * PAGE, MADV_UNMERGEABLE)) die("unmergeable");
  double took = now() - start;
  munmap(m, PAGES * PAGE);
  restore();
  return took / PAGES;
}

static int by_size(const void *a, const void *b) {
  double x = *(const double *)a, y = *(const double *)b;
  return (x > y) - (x < y);
}

int main(void) {
  static const struct { const char *name; double (*take)(void); } rows[] = {
    { "writeFault", write_fault }, { "readFault", read_fault }, { "copyFault", copy_fault }, { "reuseFault", reuse_fault },
    { "ksmCopyFault", ksm_copy_fault }, { "unmergePage", unmerge_page }, { "forkCall", fork_call }, { "forkPage", fork_page },
    { "unmapPage", unmap_page }, { "protectPage", protect_page }, { "movePage", move_page }, { "copyPage", copy_page },
    { "mapCall", map_call }, { "scanHole", scan_hole },
    { "contextSwitch", context_switch }, { "wakeOtherCpu", wake_other_cpu }, { "cacheLineTransfer", cache_line_transfer },
  };
  int lock = open("/tmp/ksm.lock", O_RDWR | O_CREAT, 0644);
  if (lock < 0 || flock(lock, LOCK_EX)) die("lock");
  DIR *proc = opendir("/proc");
  for (struct dirent *entry; (entry = readdir(proc));) {
    char path[300], comm[32] = "";
    snprintf(path, sizeof path, "/proc/%s/comm", entry->d_name);
    int fd = atoi(entry->d_name) > 0 ? open(path, O_RDONLY) : -1;
    if (fd >= 0 && read(fd, comm, 31) > 0 && !strcmp(comm, "ksmd\n")) ksmd = atoi(entry->d_name);
    if (fd >= 0) close(fd);
  }
  closedir(proc);
  if (!ksmd) die("no ksmd");
  restore();
  printf("{");
  for (size_t row = 0; row < sizeof rows / sizeof *rows; row++) {
    double took[RUNS];
    for (int i = 0; i < RUNS; i++) {
      cpu_set_t all;
      CPU_ZERO(&all);
      CPU_SET(0, &all);
      CPU_SET(1, &all);
      sched_setaffinity(0, sizeof all, &all);
      took[i] = rows[row].take();
    }
    qsort(took, RUNS, sizeof *took, by_size);
    printf("%s\n  \"%s\": { \"median\": %.1f, \"min\": %.1f, \"max\": %.1f }", row ? "," : "", rows[row].name, took[RUNS / 2], took[0], took[RUNS - 1]);
    fflush(stdout);
  }
  printf("\n}\n");
  restore();
  return 0;
}
