#define _GNU_SOURCE
#include "CLinux.h"

#include <errno.h>
#include <sys/syscall.h>
#include <unistd.h>

// What BPF_PROG_QUERY of bpf(2) takes and gives; old headers do not know it.
struct query {
    uint32_t target;
    uint32_t attach_type;
    uint32_t query_flags;
    uint32_t attach_flags;
    uint64_t numbers;
    uint32_t count;
    uint32_t padding;
    uint64_t rest[5];
};

int clinux_ingress_programs(int32_t interface) {
    struct query query = {.target = (uint32_t)interface, .attach_type = 46 /* BPF_TCX_INGRESS */};
    if (syscall(SYS_bpf, 16 /* BPF_PROG_QUERY */, &query, sizeof query) != 0) return -errno;
    return (int)query.count;
}
