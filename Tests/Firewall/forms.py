"""What administrators write and listings do not have: spellings, layouts, variables, long options."""

import re

DEFINITIONS = """
«22|022|0x16|-5|- 5|5/minute|10.0.0.0/8|10.0.0.1-10.0.0.9|1-2-3|5.6|ssh|established|"eth0"|eth0|*|5s|tcp|ah|$one»
«22, 80|22,|established,related|, 5|tcp, udp|10.0.0.1 . 22|10.0.0.1 .|1\\|2|(1\\|2)|22 : 80|ct mark|@s|!5|»
{ «22|22, 80|22, 80,|22,, 80|, 22|22 80|{ 22 }, 80|22 : accept|22 : 80|*|10.0.0.1 . 22|10.0.0.1 .|22-80, 443|» }
"""

XT = """
-A «INPUT|FORWARD» «-m helper --helper ftp|-m physdev --physdev-in eth0|-m policy --dir in --pol ipsec|-m tos --tos 0x10|-m quota --quota 1000|-m cpu --cpu 0|-f|! -f|-m connbytes --connbytes 10:100 --connbytes-dir both --connbytes-mode packets» -j ACCEPT
-A INPUT -m statistic --mode «nth --every 3 --packet 0|random --probability 0.5|nth|random --probability 2» -j DROP
-A INPUT -m time «--weekdays Mon,Tue|--timestart 08:00 --timestop 18:00 --kerneltz|--datestart 2026-01-01|--monthdays 1,31|--weekdays Xyz» -j DROP
-A INPUT -m recent «--rcheck --name a --seconds 86400|--name a --remove|--update --seconds 60 --hitcount 5 --name a --mask 255.255.255.255 --rsource|--update --reap --name a|--rcheck --rttl --name a --hitcount 2» -j DROP
-A INPUT -p tcp -m multiport «--port|--ports|--dport|--dports|--destination-ports|--source-port|! --dports» «22,80|022|22:22|22:80,443|ssh,http|22,|80:22» -j ACCEPT
-A INPUT -p «tcp|TCP|6|06|0x6|sctp|17» «--destination-port|--dpo|--dport=22 --sport|--source-port|--sport» «22|022|0x16|22:0x20|ssh:http|:|22:» -j ACCEPT
-A INPUT «--source|--src|--dst|-s|--destination» «10.0.0.0/010|10/8|010.0.0.1|10.0.0.1/255.255.0.255|0/0|10.0.0.1/32,10.0.0.2|localhost» -j ACCEPT
-A INPUT -m conntrack «--ctstate» «est,rel|E|new|NEWX|ESTABLISHED,|SNAT,dnat|U» -j ACCEPT
-A INPUT -m conntrack «--ctstatus seen|--ctstatus SEEN-REPLY|--ctdir original|--ctdir orig|--ctorigdstport ssh|--ctorigdstport 90:80|--ctorigdstport 80:|--ctproto TCP|--ctproto 06|--ctexpire 1:5» -j ACCEPT
-A INPUT -m addrtype --dst-type «loc|THROW|BROAD,multi|XRESOLVE|Bogus» -j DROP
-A INPUT -m pkttype --pkt-type «MCAST|bcast|otherhost|multi|Host» -j DROP
-A INPUT -p icmp «--icmp-type|-m icmp --icmp-type|! --icmp-type» «255|any|255/255|ping|010|3/04|3/1:4|echo-req|256|TOS-host-redirect|network-unreachable» -j ACCEPT
-A INPUT -m «mark --mark|connmark --mark» «010|+1|0X10|1/010|-1|1/|0x1/0xffffffff|4294967296» -j ACCEPT
-A INPUT -m «length --length 0x10:020|length --length 80:40|length --length :|ttl --ttl-eq 064|ttl --ttl-eq 08|ttl --ttl 64|dscp --dscp-class ef|dscp --dscp-class LE|iprange --dst-range 10.0.0.9-10.0.0.1» -j DROP
-A INPUT -p tcp --tcp-flags «all none|ALL FIN,PSH,URG|syn,ack SYN|SYN, SYN|0x3f 0x2|NONE SYN» -j DROP
-A INPUT «-c 1 2|-c 1,2|-c 1|-c x y» -j DROP
-A INPUT -j «REJECT --reject-with host-prohib|REJECT --reject-with icmp-port-unreach|LOG --log-level warn|LOG --log-level=4|LOG --log-prefix ""|NFQUEUE --queue-balance 0:3|SET --add-set hosts src --exist|AUDIT --type drop|TARPIT|nowhere|TEE --gateway 10.0.0.1|NFLOG --nflog-size 64»
«-AINPUT -j DROP|--append INPUT -j DROP|--app INPUT -j DROP|-p tcp -A INPUT -j DROP|[1:2] -A INPUT -j DROP|-D INPUT -j DROP|-C INPUT -j DROP|-L INPUT|-S|-E u w|-A w -j DROP|-t filter -A INPUT -j DROP|-4 -A INPUT -j DROP|-I INPUT 01 -j DROP|:w DROP [0:0]|:INPUT DROP|:w - [5:6]»
"""

IPSET_CREATE = """
create a «iphash|nethash|portmap --from 1 --to 100|setlist|list:set|list:set size 8|hash:ip,port,ip|hash:net,iface|hash:ip netmask 24|hash:ip bitmask 255.255.0.0|hash:ip counters skbinfo forceadd|hash:ip maxelem 4|hash:ip,port maxelem 4|bitmap:ip range 10.0.0.0/24|bitmap:ip range 10.0.0.0/24 netmask 28|bitmap:port range 0100-0200|bitmap:port range 100-1|hash:ip timeout 00|hash:ip family ipv4|hash:net family inet6 comment|hash:ip,port family inet6»
«create -exist a|-exist create a|create -! a|-N a» «hash:ip|hash:net|hash:ip,port»
"""
IPSET_ELEMENTS = """
«add a|add -exist a|-! add a|-A a|-exist add a» «10.0.0.1|10.0.0.0/24|10.1.0.0/16|10.0.0.1-10.0.0.5|10.0.0.0/010|0.0.0.0|0.0.0.0/1|10.0.0.9-10.0.0.1|010.0.0.1|fd00::/120|22|b»
«add a|-A a» 10.0.0.1,«tcp:022|tcp:22|22|80-90|udp:0x35|icmp:8/0|icmp:ping|icmp:echo-request|tcp:ssh|06:22|6:22|TCP:22|vrrp:0|tcp:90-80|eth0|physdev:eth0|tcp:22,10.0.0.2»
«create b hash:ip|swap a b|rename a b|flush|flush a|destroy a|destroy|list a|save|test a 10.0.0.1|del a 10.0.0.1|quit|COMMIT|-q add a 10.0.0.1|add a b|-exist||# c»
"""

ENDS = ["\n", "\n", "\n\n", " # c\n", "\n# c\n", "\n\t# c\n# d\n", "\n \n", "\\\n", "\n# c\n\n"]


def lay_out(random, text):
    """The same nft file with ends of lines and comments where lists have room, or have none."""
    parts = re.split(r"([{},;]) ?", text)
    for place, part in enumerate(parts):
        if part in ("{", "}", ",", ";") and random.random() < 0.15:
            parts[place] = random.choice([part + random.choice(ENDS), random.choice(ENDS) + part])
        elif part in ("{", "}", ",", ";"):
            parts[place] = part + " "
    return "".join(parts)


def respell(random, text):
    """The same file with one of its numbers in another base."""
    numbers = list(re.finditer(r"(?<![\w.:/])[1-9][0-9]{0,3}(?![\w.:])|(?<=/)[0-9]{1,3}\b", text))
    if not numbers:
        return text
    number = random.choice(numbers)
    value = int(number.group())
    spelt = random.choice([f"0{value:o}", f"0x{value:x}", f"0{value}", f"0X{value:X}"])
    return text[:number.start()] + spelt + text[number.end():]
