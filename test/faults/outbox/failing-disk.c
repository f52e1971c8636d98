/*
 * A disk that fails when it is told to, for one process: LD_PRELOAD puts this before the C library. What fails stands in the file
 * that MILLRACE_FAULT_CONTROL names; only files below MILLRACE_FAULT_UNDER are concerned.
 *
 *   fsync   a flush answers EIO
 *   short   a write takes half of what it is given, as it may
 *   torn    a write puts half of it on the disk, and then answers EIO
 *   full    a write or a growing file answers ENOSPC
 */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

static int is(int fd, const char *fault) {
  const char *under = getenv("MILLRACE_FAULT_UNDER");
  const char *control = getenv("MILLRACE_FAULT_CONTROL");
  if (!under || !control) return 0;
  char word[16] = "";
  int told = (int)syscall(SYS_openat, AT_FDCWD, control, O_RDONLY);
  if (told < 0) return 0;
  long length = syscall(SYS_read, told, word, sizeof word - 1);
  syscall(SYS_close, told);
  if (length <= 0 || strcmp(word, fault) != 0) return 0;
  char link[64], path[4096];
  snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
  long size = readlink(link, path, sizeof path - 1);
  if (size <= 0) return 0;
  path[size] = 0;
  return strncmp(path, under, strlen(under)) == 0;
}

static int failed(int code) {
  errno = code;
  return -1;
}

int fsync(int fd) { return is(fd, "fsync") ? failed(EIO) : (int)syscall(SYS_fsync, fd); }
int fdatasync(int fd) { return is(fd, "fsync") ? failed(EIO) : (int)syscall(SYS_fdatasync, fd); }

ssize_t pwrite64(int fd, const void *bytes, size_t size, off64_t at) {
  if (is(fd, "full")) return failed(ENOSPC);
  if (is(fd, "torn")) {
    syscall(SYS_pwrite64, fd, bytes, size / 2, at);
    return failed(EIO);
  }
  if (size > 1 && is(fd, "short")) size /= 2;
  return syscall(SYS_pwrite64, fd, bytes, size, at);
}
ssize_t pwrite(int fd, const void *bytes, size_t size, off_t at) { return pwrite64(fd, bytes, size, at); }

ssize_t write(int fd, const void *bytes, size_t size) {
  if (is(fd, "full")) return failed(ENOSPC);
  if (is(fd, "torn")) {
    syscall(SYS_write, fd, bytes, size / 2);
    return failed(EIO);
  }
  if (size > 1 && is(fd, "short")) size /= 2;
  return syscall(SYS_write, fd, bytes, size);
}

int ftruncate64(int fd, off64_t size) {
  return is(fd, "full") ? failed(ENOSPC) : (int)syscall(SYS_ftruncate, fd, size);
}
int ftruncate(int fd, off_t size) { return ftruncate64(fd, size); }
int posix_fallocate64(int fd, off64_t at, off64_t size) {
  return is(fd, "full") ? ENOSPC : (int)-syscall(SYS_fallocate, fd, 0, at, size);
}
int posix_fallocate(int fd, off_t at, off_t size) { return posix_fallocate64(fd, at, size); }
