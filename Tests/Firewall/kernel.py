"""The kernel's rules as its own bytes: a dump of nf_tables over NETLINK_NETFILTER.

`python3 Tests/Firewall/kernel.py` prints the dump of the network namespace that it runs in as
hexadecimal digits: the generation, the lists, the elements of each set, the generation.
"""

import fcntl
import os
import socket
import struct
import sys

NETLINK_NETFILTER = 12
REQUEST, ACK, DUMP = 1, 4, 0x300
ERROR, DONE, SET = 2, 3, 0x0A09
LISTS = (0x0A01, 0x0A04, 0x0A07, 0x0A0A)
ELEMENTS, GENERATION = 0x0A0D, 0x0A10
IPSETS = 0x0607
SIOCGIFHWADDR = 0x8927


def attributes(data):
    found = {}
    while len(data) >= 4:
        length, kind = struct.unpack_from("=HH", data)
        found[kind & 0x3FFF] = data[4:length]
        data = data[(length + 3) & ~3:]
    return found


def attribute(kind, value):
    length = len(value) + 4
    return struct.pack("=HH", length, kind) + value + bytes(-length % 4)


class Kernel:
    def __init__(self):
        self.socket = socket.socket(socket.AF_NETLINK, socket.SOCK_RAW, NETLINK_NETFILTER)
        self.socket.bind((0, 0))

    def ask(self, kind, body, flags):
        """The messages of the answer; the acknowledgement of what is no list is left out."""
        self.socket.send(struct.pack("=IHHII", 16 + len(body), kind, REQUEST | flags, 1, 0) + body)
        messages = []
        while True:
            data = self.socket.recv(1 << 20)
            while data:
                length, kind, flags_ = struct.unpack_from("=IHH", data)
                message, data = data[:length], data[(length + 3) & ~3:]
                if kind == ERROR:
                    number = struct.unpack_from("=i", message, 16)[0]
                    if number:
                        raise OSError(-number, "netlink")
                    return messages
                messages.append(message + bytes(-length % 4))
                if kind == DONE:
                    return messages

    def dump(self):
        generation = self.ask(GENERATION, bytes(4), ACK)
        lists = [self.ask(kind, bytes(4), DUMP) for kind in LISTS]
        elements = []
        for message in lists[3][:-1]:
            own = attributes(message[20:])
            body = message[16:17] + bytes(3) + attribute(1, own[1]) + attribute(2, own[2])
            elements.append(self.ask(ELEMENTS, body, DUMP))
        return b"".join(b"".join(part) for part in [generation] + lists + elements + [generation])


def dump():
    return Kernel().dump()


def links():
    """The interfaces as the oracle reads them: number, name and type of the link."""
    lines = []
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as any_socket:
        for index, name in socket.if_nameindex():
            request = struct.pack("=16s24x", name.encode())
            answer = fcntl.ioctl(any_socket, SIOCGIFHWADDR, request)
            lines.append(f"link {index} {name} {struct.unpack_from('=H', answer, 16)[0]}")
    return lines


def ipset_names():
    """The ipsets as the oracle reads them: number and name."""
    body = bytes(4) + attribute(1, b"\x07") + attribute(6 | 0x4000, struct.pack("!I", 4))
    lines = []
    for message in Kernel().ask(IPSETS, body, DUMP)[:-1]:
        own = attributes(message[20:])
        lines.append(f"ipset-name {struct.unpack('!H', own[11])[0]} {own[2][:-1].decode()}")
    return lines


if __name__ == "__main__":
    sys.stdout.write(dump().hex() + os.linesep)
