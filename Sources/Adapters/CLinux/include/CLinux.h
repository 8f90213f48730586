#ifndef CLINUX_H
#define CLINUX_H

#include <stdint.h>
#include <sys/types.h>
#include "CState.h"

/// openat2(2) with its `how` spelled out; returns a descriptor or -errno.
int clinux_openat2(int directory, const char *path, uint64_t flags, uint64_t mode, uint64_t resolve);

#endif
