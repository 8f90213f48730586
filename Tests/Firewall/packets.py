"""Random packets that could open a flow, as raw frames and as the model names their fields."""

import ipaddress
import struct

from namespaces import MACS, SENDER_MACS

SOURCES4 = [
    "203.0.113.5", "203.0.113.9", "10.1.2.3", "10.20.0.7", "10.20.5.200", "172.16.5.5",
    "192.0.2.50", "192.168.3.4", "8.8.8.8",
]
ODD_SOURCES4 = ["192.0.2.1", "127.0.0.5", "0.0.0.0", "224.0.0.5", "255.255.255.255", "240.1.1.1"]
OWN4 = ["192.0.2.1", "198.51.100.1", "198.51.100.2"]
OTHER4 = ["10.9.0.5", "10.9.7.3", "192.0.2.77", "198.51.100.99", "203.0.113.200"]
MANY4 = ["224.0.0.1", "255.255.255.255", "192.0.2.255", "127.0.0.1"]
SOURCES6 = ["2001:db8:5::9", "2001:db8:5::77", "fd00:20::7", "fe80::99", "2001:db8::55"]
OWN6 = ["2001:db8::1", "2001:db8:1::1"]
OTHER6 = ["2001:db8:9::5", "2001:db8:1::99", "2001:db8:77::1"]
MANY6 = ["ff02::1"]
PORTS = [22, 25, 53, 80, 443, 1023, 1024, 5432, 7000, 8080, 8081, 60000]
ICMP4 = [0, 3, 4, 5, 8, 9, 10, 11, 12, 13, 14, 15, 17, 18, 42]
ICMP6 = [1, 2, 3, 4, 128, 129, 130, 131, 133, 134, 135, 136, 137, 139, 143, 200]
DSCPS = [0, 0, 0, 8, 10, 46]


def checksum(data):
    if len(data) % 2:
        data += b"\0"
    total = sum(struct.unpack(f"!{len(data) // 2}H", data))
    while total >> 16:
        total = (total & 0xFFFF) + (total >> 16)
    return ~total & 0xFFFF


def mac(text):
    return bytes(int(part, 16) for part in text.split(":"))


class Packet:
    """One packet with a number of its own, which detectors see."""

    def __init__(self, random, number, used):
        self.number = number
        while True:
            self.draw(random)
            if self.key() not in used:
                break
        used.add(self.key())
        self.build()

    def key(self):
        return (self.family, self.transport, self.source, self.destination,
                self.first if self.transport in (1, 6, 17, 58) else 0,
                self.second if self.transport in (6, 17) else 0)

    def draw(self, random):
        self.port = random.choice(["eth0", "eth0", "eth1"])
        self.family = random.choice([4, 4, 6])
        kind = random.choices(
            ["tcp", "udp", "icmp", "other"], weights=[45, 30, 18, 7])[0]
        if self.family == 4:
            self.source = random.choice(SOURCES4 if random.random() < 0.95 else ODD_SOURCES4)
            pool = random.choices([OWN4, OTHER4, MANY4], weights=[70, 22, 8])[0]
        else:
            self.source = random.choice(SOURCES6)
            pool = random.choices([OWN6, OTHER6, MANY6], weights=[72, 22, 6])[0]
        if random.random() < 0.3:
            self.source = self.scattered(random, self.source)
        self.destination = random.choice(pool)
        self.transport = {"tcp": 6, "udp": 17}.get(kind, 0)
        if kind == "icmp":
            self.transport = 1 if self.family == 4 else 58
        if kind == "other":
            self.transport = random.choice([2, 47, 50, 89, 103, 132, 136, 250])
        self.flags = 2 | sum(bit for bit in (8, 32, 64, 128) if random.random() < 0.15)
        self.first = random.choice([53, 67, 1024]) if random.random() < 0.15 \
            else random.randint(1025, 65535)
        self.second = random.choice(PORTS) if random.random() < 0.85 \
            else random.randint(1, 65535)
        self.icmp_type = random.choice(ICMP4 if self.family == 4 else ICMP6)
        self.icmp_code = random.choice([0, 0, 0, 1, 3, 4])
        if self.transport in (1, 58):
            self.first = self.icmp_type << 8 | self.icmp_code
            self.second = random.randint(0, 65535)
        self.ttl = random.choice([64, 64, 64, 1, 2, 5, 255])
        if self.transport == 58 and self.icmp_type >= 133:
            self.ttl = 255
        self.dscp = random.choice(DSCPS)
        self.padding = random.choice([0, 0, 20, 200, 900])
        self.hop = self.family == 6 and random.random() < 0.05

    @staticmethod
    def scattered(random, address):
        number = int(ipaddress.ip_address(address))
        width = 32 if "." in address else 128
        return str(ipaddress.ip_address(number ^ random.getrandbits(random.choice([3, 9, 17])))
                   if width == 32 else
                   ipaddress.ip_address(number ^ random.getrandbits(random.choice([3, 20, 70]))))

    def payload(self, pseudo):
        padding = bytes(self.padding)
        if self.transport == 6:
            head = struct.pack("!HHIIBBHHH", self.first, self.second, 1, 0, 5 << 4, self.flags,
                               1024, 0, 0)
            data = head + padding
            total = checksum(pseudo(len(data)) + data)
            return data[:16] + struct.pack("!H", total) + data[18:]
        if self.transport in (17, 136):
            size = 8 + len(padding)
            head = struct.pack("!HHHH", self.first, self.second, size, 0)
            data = head + padding
            total = checksum(pseudo(len(data)) + data) or 0xFFFF
            return data[:6] + struct.pack("!H", total) + data[8:]
        if self.transport in (1, 58):
            body = struct.pack("!HH", self.second, self.number & 0xFFFF) + padding
            if self.transport == 58 and self.icmp_type in (135, 136):
                body = bytes(4) + ipaddress.ip_address(self.destination).packed + padding
            head = struct.pack("!BBH", self.icmp_type, self.icmp_code, 0)
            data = head + body
            prefix = pseudo(len(data)) if self.family == 6 else b""
            total = checksum(prefix + data)
            self.second = total
            return data[:2] + struct.pack("!H", total) + data[4:]
        return struct.pack("!HH", self.first, self.second) + bytes(20) + padding

    def build(self):
        source = ipaddress.ip_address(self.source).packed
        destination = ipaddress.ip_address(self.destination).packed

        def pseudo(size):
            if self.family == 4:
                return source + destination + struct.pack("!BBH", 0, self.transport, size)
            return source + destination + struct.pack("!IHBB", size, 0, 0, self.transport)

        data = self.payload(pseudo)
        self.next_header = self.transport
        if self.family == 4:
            self.length = 20 + len(data)
            head = struct.pack(
                "!BBHHHBBH", 0x45, self.dscp << 2, self.length, self.number, 0, self.ttl,
                self.transport, 0) + source + destination
            packet = head[:10] + struct.pack("!H", checksum(head)) + head[12:] + data
            ether_type = 0x0800
        else:
            if self.hop:
                data = struct.pack("!BB", self.transport, 0) + bytes([1, 4, 0, 0, 0, 0]) + data
                self.next_header = 0
            self.length = 40 + len(data)
            packet = struct.pack(
                "!IHBB", 6 << 28 | self.dscp << 22 | self.number, len(data), self.next_header,
                self.ttl) + source + destination + data
            ether_type = 0x86DD
        self.packet_type = 0
        target = mac(MACS[self.port])
        address = ipaddress.ip_address(self.destination)
        if self.destination in ("255.255.255.255", "192.0.2.255"):
            target, self.packet_type = b"\xff" * 6, 1
        elif address.is_multicast:
            self.packet_type = 2
            low = address.packed
            target = b"\x01\0\x5e" + bytes([low[1] & 127]) + low[2:4] if self.family == 4 \
                else b"\x33\x33" + low[12:]
        self.target = target
        self.frame = target + mac(SENDER_MACS[self.port]) + struct.pack("!H", ether_type) + packet

    def question(self):
        """The line with which the oracle is asked."""
        fields = {
            "family": 0 if self.family == 4 else 1, "transport": self.transport,
            "input": self.port, "unnamedDestination": 0, "sourcePort": self.first,
            "destinationPort": self.second, "tcpFlags": self.flags, "source": self.source,
            "destination": self.destination, "timeToLive": self.ttl,
            "trafficClass": self.dscp << 2, "length": self.length,
            "packetType": self.packet_type, "identification": self.number, "fragment": 0,
            "nextHeader": self.next_header, "flowLabel": self.number,
            "sourceHardware": int.from_bytes(mac(SENDER_MACS[self.port]), "big"),
            "destinationHardware": int.from_bytes(self.target, "big"),
        }
        return f"packet {self.number} " + " ".join(f"{k}={v}" for k, v in fields.items())

    def __str__(self):
        return (f"{self.port} proto {self.transport} {self.source} {self.first} > "
                f"{self.destination} {self.second} flags {self.flags} ttl {self.ttl} "
                f"dscp {self.dscp} length {self.length} hop {self.hop}")
