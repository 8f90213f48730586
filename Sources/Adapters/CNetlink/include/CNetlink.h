#ifndef CNETLINK_H
#define CNETLINK_H

#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

/// A netlink(7) socket of a protocol such as NETLINK_ROUTE, close-on-exec, whose reads wait at most
/// so many seconds; returns a descriptor or -errno.
int cnetlink_open(int protocol, unsigned seconds);

/// send(2) of a whole message; returns 0 or -errno.
int cnetlink_send(int socket, const void *message, size_t size);

/// recv(2) of one datagram of the kernel, again after an interruption; returns its length, -EBADMSG
/// where somebody else sent it, -EMSGSIZE where it does not fit, or -errno.
ssize_t cnetlink_receive(int socket, void *buffer, size_t size);

#endif
