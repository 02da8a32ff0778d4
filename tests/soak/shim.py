"""What moves a real process's clock, and takes its DNS away, while it runs.

A small library is loaded before the C library, as libfaketime is. It reads what it is to do from
a file that this process writes. It needs a C compiler.
"""

import shutil
import struct
import subprocess
from pathlib import Path

_SOURCE = r"""
#define _GNU_SOURCE
#include <dlfcn.h>
#include <fcntl.h>
#include <netdb.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/time.h>
#include <time.h>
#include <unistd.h>

/* [0] seconds that the clock is ahead, [1] whether names lead nowhere */
static volatile int64_t *told;
static int (*real_clock)(clockid_t, struct timespec *);
static int (*real_day)(struct timeval *, void *);
static int (*real_names)(const char *, const char *, const struct addrinfo *, struct addrinfo **);

__attribute__((constructor)) static void begin(void) {
    const char *path = getenv("SOAK_SHIM");
    int file = path ? open(path, O_RDONLY) : -1;
    real_clock = dlsym(RTLD_NEXT, "clock_gettime");
    real_day = dlsym(RTLD_NEXT, "gettimeofday");
    real_names = dlsym(RTLD_NEXT, "getaddrinfo");
    if (file < 0) return;
    void *found = mmap(0, 16, PROT_READ, MAP_SHARED, file, 0);
    if (found != MAP_FAILED) told = found;
    close(file);
}

int clock_gettime(clockid_t which, struct timespec *at) {
    if (!real_clock) real_clock = dlsym(RTLD_NEXT, "clock_gettime");
    int failed = real_clock(which, at);
    if (!failed && told && (which == CLOCK_REALTIME || which == CLOCK_REALTIME_COARSE))
        at->tv_sec += told[0];
    return failed;
}

int gettimeofday(struct timeval *restrict at, void *restrict zone) {
    if (!real_day) real_day = dlsym(RTLD_NEXT, "gettimeofday");
    int failed = real_day(at, zone);
    if (!failed && told) at->tv_sec += told[0];
    return failed;
}

time_t time(time_t *at) {
    struct timespec now;
    clock_gettime(CLOCK_REALTIME, &now);
    if (at) *at = now.tv_sec;
    return now.tv_sec;
}

int getaddrinfo(const char *name, const char *service, const struct addrinfo *hints,
                struct addrinfo **found) {
    if (told && told[1] && name && strcmp(name, "localhost") == 0) {
        sleep(1); /* a resolver does not say so at once */
        return EAI_AGAIN;
    }
    return real_names(name, service, hints, found);
}
"""


class Shim:
    """One for all processes; each has a file of its own that says what it is told."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._library = folder / "shim.so"

    @staticmethod
    def possible() -> bool:
        """Whether there is a compiler."""
        return shutil.which("cc") is not None

    def build(self) -> None:
        source = self._folder / "shim.c"
        source.write_text(_SOURCE, encoding="ascii")
        asked = ["cc", "-O2", "-shared", "-fPIC", "-o", str(self._library), str(source), "-ldl"]
        subprocess.run(asked, check=True, capture_output=True)

    def settings(self, name: str) -> dict[str, str]:
        """Return what a process called `name` needs in its environment; nothing without one."""
        if not self._library.exists():
            return {}
        self.tell(name)
        return {"LD_PRELOAD": str(self._library), "SOAK_SHIM": str(self._file(name))}

    def tell(self, name: str, *, seconds: int = 0, nameless: bool = False) -> None:
        """Move the clock of a process by so much, and let names lead nowhere, from now on."""
        file = self._file(name)
        told = struct.pack("qq", seconds, nameless)
        if not file.exists():
            file.write_bytes(told)
        with file.open("r+b") as there:  # in place: it is mapped
            there.write(told)

    def _file(self, name: str) -> Path:
        return self._folder / f"{name}.shim"
