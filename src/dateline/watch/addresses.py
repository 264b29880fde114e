"""Which addresses may be asked: http and https, and nothing inside the user's own network unless the user named it."""

from __future__ import annotations

import ipaddress
import socket
from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import quote, urljoin, urlsplit

from dateline.watch.errors import FetchError

_PORTS = {"http": 80, "https": 443}
_NAT64 = ipaddress.ip_network("64:ff9b::/96")


@dataclass(frozen=True, slots=True)
class Address:
    """An address taken apart: scheme, host, port, and what is asked of it (path and query, in ASCII)."""

    scheme: str
    host: str
    port: int
    target: str

    @property
    def origin(self) -> str:
        """Scheme, host and port, without what is asked."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return f"{self.scheme}://{host}" + ("" if self.port == _PORTS[self.scheme] else f":{self.port}")

    @property
    def url(self) -> str:
        """The address as one string, without a fragment."""
        return self.origin + self.target


def address(url: str, base: str | None = None) -> Address:
    """An address taken apart; raises FetchError where it is none that can be asked.

    >>> address("HTTP://News.example/a b?c=é#d").url
    'http://news.example/a%20b?c=%C3%A9'
    """
    try:
        parts = urlsplit(urljoin(base, url.strip()) if base else url.strip())
        scheme, host, port = parts.scheme.lower(), (parts.hostname or "").rstrip("."), parts.port
        host = host if ":" in host else host.encode("idna").decode("ascii").lower()
    except ValueError as error:  # UnicodeError of IDNA is one too
        raise FetchError(url, f"no address ({error})") from error
    if scheme not in _PORTS:
        raise FetchError(url, "neither http nor https")
    if not host:
        raise FetchError(url, "names no host")
    if parts.username is not None or parts.password is not None:
        raise FetchError(f"{scheme}://{host}", "names and passwords in addresses are not sent")
    query = f"?{parts.query}" if parts.query else ""
    target = quote((parts.path or "/") + query, safe="/%:=&?~#+!$,;'@()*[]|")
    return Address(scheme, host, port if port is not None else _PORTS[scheme], target)


def origins(urls: Iterable[str]) -> frozenset[tuple[str, int]]:
    """Hosts and ports of addresses that the user named; what is no address is passed over."""
    found = set()
    for url in urls:
        try:
            each = address(url)
        except FetchError:
            continue
        found.add((each.host, each.port))
    return frozenset(found)


def is_public(name: str) -> bool:
    """Whether an IP address is one of the open internet, in whatever form it is wrapped.

    >>> [is_public(ip) for ip in ("9.9.9.9", "127.0.0.1", "10.1.2.3", "169.254.169.254", "::1", "::ffff:127.0.0.1")]
    [True, False, False, False, False, False]
    """
    try:
        ip = ipaddress.ip_address(name.partition("%")[0])
    except ValueError:
        return False
    if isinstance(ip, ipaddress.IPv6Address):
        if ip in _NAT64:
            return is_public(str(ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF)))
        inner = ip.ipv4_mapped or ip.sixtofour or (ip.teredo[1] if ip.teredo else None)
        if inner is not None:
            return is_public(str(inner))
    return ip.is_global and not ip.is_multicast and not ip.is_reserved


def looked_up(asked: Address, *, named: bool) -> list[tuple[int, str]]:
    """Family and IP of a host, checked; the connection goes to these and nowhere else.

    ``named``: the user gave this host and port, so it may lie in the user's own network. Raises FetchError.
    """
    try:
        found = socket.getaddrinfo(asked.host, asked.port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise FetchError(asked.url, f"host not found ({error})", passing=True) from error
    every = list(dict.fromkeys((int(family), str(at[0])) for family, _, _, _, at in found))
    allowed = [(family, ip) for family, ip in every if named or is_public(ip)]
    if not allowed:
        raise FetchError(asked.url, "leads into the private network, which only addresses that you name may do")
    return allowed
