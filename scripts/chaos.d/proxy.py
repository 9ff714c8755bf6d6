"""An LDAP proxy that breaks things at a chosen write request.

It ends TLS with the domain controller's own certificate, on another port of the controller's address, speaks TLS to the
controller, and cuts both streams into LDAP messages (RFC 4511 section 5.1: each is one BER SEQUENCE). It counts the
requests that write, whatever connection they come over, and at number N does what it was told to, before the request is
handed on, once the server has done it, or once the program has the answer.

One thread for each connection: an SSL object is not to be read and written by two.
"""

import select
import socket
import ssl
import struct
import threading
from dataclasses import dataclass
from typing import Callable

# [APPLICATION n] of the requests that write, and what it is called (RFC 4511 sections 4.6 to 4.9).
BIND, SEARCH, MODIFY = 0x60, 0x63, 0x66
WRITES = {0x66: "modify", 0x68: "add", 0x4A: "delete", 0x6C: "rename"}
# "in flight": together with the requests sent before it that nobody has answered yet.
# Seconds; who needs them hangs.
PATIENCE = 30
POINTS = ("before", "done", "answered", "in flight")


@dataclass
class Fault:
    """`action` happens at write `number`: `before` it is handed on (and all earlier ones are answered), when the server
    has `done` it and the program does not know, when it was `answered`, or while it is `in flight`, with others perhaps.
    It says whether the connection lives on; what is in flight then, the server does, and nobody hears of it."""

    number: int
    point: str
    action: Callable[[], bool]


@dataclass
class Silence:
    """From the request with this tag on, the server says nothing any more; `action` happens at that moment."""

    tag: int
    action: Callable[[], None]


class Stream:
    """One side of a connection, in messages."""

    def __init__(self, sock: ssl.SSLSocket):
        self.socket, self._bytes = sock, b""
        # The server answers several requests with small packets: Nagle's algorithm would hold them back for 40 ms.
        sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        sock.setblocking(False)

    def receive(self) -> list[bytes] | None:
        """What has arrived; None at the end."""
        while True:
            try:
                piece = self.socket.recv(1 << 16)
            except (ssl.SSLWantReadError, ssl.SSLWantWriteError):
                return self._messages()
            except OSError:
                return None
            if not piece:
                return None
            self._bytes += piece

    def send(self, message: bytes) -> None:
        while message:
            try:
                message = message[self.socket.send(message):]
            except ssl.SSLWantWriteError:
                select.select([], [self.socket], [])
            except ssl.SSLWantReadError:
                select.select([self.socket], [], [])

    def _messages(self) -> list[bytes]:
        found = []
        while (length := message_length(self._bytes)) and length <= len(self._bytes):
            found.append(self._bytes[:length])
            self._bytes = self._bytes[length:]
        return found


def message_length(octets: bytes) -> int | None:
    """Of the BER element at the beginning, header included; None while the header is not whole."""
    if len(octets) < 2:
        return None
    if octets[1] < 0x80:
        return 2 + octets[1]
    count = octets[1] & 0x7F
    if len(octets) < 2 + count:
        return None
    return 2 + count + int.from_bytes(octets[2:2 + count], "big")


def identify(message: bytes) -> tuple[int, int]:
    """The message's number and the tag of its operation."""
    at = 2 if message[1] < 0x80 else 2 + (message[1] & 0x7F)
    end = at + 2 + message[at + 1]
    return int.from_bytes(message[at + 2:end], "big"), message[end]


class Proxy:
    def __init__(self, address: str, ca_file: str, certificate: str, key: str, port: int = 636):
        self._server = (address, port)
        self._near = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        self._near.load_cert_chain(certificate, key)
        self._far = ssl.create_default_context(cafile=ca_file)
        self._lock = threading.Lock()
        self._listener: socket.socket | None = None
        self._conversations: list[threading.Thread] = []
        self._sockets: set[socket.socket] = set()
        self.port = 0
        self.fault: Fault | None = None
        self.silence: Silence | None = None
        # What was written since `begin`: a word for each request that the server was to see, and one for that of the fault.
        self.writes: list[str] = []
        self.has_fired = False
        self.last_search: int | None = None
        self.searches = 0
        self.listen()

    @property
    def uri(self) -> str:
        return f"ldaps://{self._server[0]}:{self.port}"

    def begin(self, fault: Fault | None = None, silence: Silence | None = None, search: int | None = None) -> None:
        """Counts anew.

        :param search: at which search request the server is gone: the connection is cut, and no other taken."""
        with self._lock:
            self.fault, self.silence, self.writes, self.has_fired = fault, silence, [], False
            self.last_search, self.searches = search, 0

    def listen(self) -> None:
        """Takes connections (again), on the same port as ever."""
        if self._listener:
            return
        listener = socket.socket()
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind((self._server[0], self.port))
        listener.listen()
        self.port, self._listener = listener.getsockname()[1], listener
        threading.Thread(target=self._accept, args=(listener,), daemon=True).start()

    def refuse(self) -> None:
        """Takes no more connections: nothing listens there."""
        if listener := self._listener:
            self._listener = None
            listener.shutdown(socket.SHUT_RDWR)
            listener.close()

    def wait_until_quiet(self) -> None:
        """Until every connection has ended."""
        for thread in self._conversations:
            thread.join(PATIENCE)

    def close(self) -> None:
        self.refuse()
        with self._lock:
            sockets = list(self._sockets)
        for each in sockets:
            try:
                each.shutdown(socket.SHUT_RDWR)
            except OSError:
                pass
        self.wait_until_quiet()

    def _accept(self, listener: socket.socket) -> None:
        while True:
            try:
                near, _ = listener.accept()
            except OSError:
                return
            thread = threading.Thread(target=self._serve, args=(near,), daemon=True)
            self._conversations = [each for each in self._conversations if each.is_alive()] + [thread]
            thread.start()

    def _serve(self, near: socket.socket) -> None:
        sockets: list[socket.socket] = [near]
        with self._lock:
            self._sockets.add(near)
        try:
            far = socket.create_connection(self._server)
            sockets.append(far)
            sockets[1] = far = self._far.wrap_socket(far, server_hostname=self._server[0])
            sockets[0] = near = self._near.wrap_socket(near, server_side=True)
            with self._lock:
                self._sockets |= {near, far}
            Conversation(self, Stream(near), Stream(far)).hold()
        except OSError:
            pass
        finally:
            with self._lock:
                self._sockets -= set(sockets)
            for each in sockets:
                cut(each)


class Conversation:
    """One connection, from its first message to its last."""

    def __init__(self, proxy: Proxy, near: Stream, far: Stream):
        self._proxy, self._near, self._far = proxy, near, far
        # Requests of the program that wait for the fault; the numbers of writes by their message, until answered.
        self._waiting: list[bytes] = []
        self._open: dict[int, int] = {}
        self._is_over = self._is_silent = False

    def hold(self) -> None:
        self._talk()
        if self._is_over:
            cut(self._near.socket)
            self._finish_flight()

    def _finish_flight(self) -> None:
        """Until the server has done all it was asked to: then the directory can be looked at."""
        while self._open:
            select.select([self._far.socket], [], [])
            answers = self._far.receive()
            if answers is None:
                return
            for message in answers:
                self._open.pop(identify(message)[0], None)

    def _talk(self) -> None:
        while not self._is_over:
            select.select([self._near.socket, self._far.socket], [], [])
            answers = self._far.receive()
            for message in answers or []:
                self._answer(message)
            requests = self._near.receive()
            self._waiting += requests or []
            self._requests()
            if answers is None or requests is None:
                return

    def _requests(self) -> None:
        while self._waiting and not self._is_over:
            message = self._waiting[0]
            identifier, tag = identify(message)
            if self._falls_silent(tag) or self._goes_away(tag):
                return
            if tag not in WRITES:
                self._far.send(self._waiting.pop(0))
                continue
            fault = self._pending_fault()
            number = len(self._proxy.writes) + 1
            if fault and number > fault.number:
                return  # It waits for the fault to happen.
            if fault and number == fault.number and fault.point == "before":
                if self._open:
                    return  # It waits for the answers to those before it.
                self._fire(fault)
                if self._is_over:
                    return
            self._waiting.pop(0)
            self._proxy.writes.append(WRITES[tag])
            self._open[identifier] = number
            self._far.send(message)
            if fault and number == fault.number and fault.point == "in flight":
                self._fire(fault)

    def _falls_silent(self, tag: int) -> bool:
        if (silence := self._proxy.silence) and not self._is_silent and tag == silence.tag:
            self._is_silent = self._proxy.has_fired = True
            silence.action()
        return self._is_silent

    def _goes_away(self, tag: int) -> bool:
        if tag != SEARCH:
            return False
        self._proxy.searches += 1
        if self._proxy.searches != self._proxy.last_search:
            return False
        self._proxy.refuse()
        self._is_over = self._proxy.has_fired = True
        return True

    def _answer(self, message: bytes) -> None:
        if self._is_over:
            return
        number = self._open.pop(identify(message)[0], None)
        fault = self._pending_fault()
        is_due = fault is not None and number == fault.number
        if is_due and fault.point == "done":
            self._fire(fault)
        if not self._is_over:
            self._near.send(message)
        if is_due and fault.point == "answered":
            self._fire(fault)

    def _pending_fault(self) -> Fault | None:
        return None if self._proxy.has_fired else self._proxy.fault

    def _fire(self, fault: Fault) -> None:
        self._proxy.has_fired = True
        self._is_over = not fault.action()


def cut(sock: socket.socket) -> None:
    """Ends a connection as a cable that is pulled and put back does: RST, without the close of TLS."""
    try:
        sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    except OSError:
        pass
    sock.close()
