"""A link with delay and no other fault: relay.py ADDRESS PORT MILLISECONDS

Listens on a free port of that address, says which, and hands everything on to PORT there, each chunk so long after it
came, in either direction. Any number of chunks are under way at a time.
"""

import asyncio
import signal
import socket
import subprocess
import sys
from contextlib import contextmanager
from typing import Iterator

# As many bytes as may be on their way: the link has no narrow place.
ENDLESS = 1 << 30


class End(asyncio.Protocol):
    """One end of a connection; what comes here goes out at the other, later."""

    def __init__(self, delay: float):
        self.delay, self.loop = delay, asyncio.get_running_loop()
        self.peer: "End | None" = None
        self.transport: asyncio.Transport | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self.transport = transport
        transport.set_write_buffer_limits(ENDLESS)
        transport.get_extra_info("socket").setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)

    def data_received(self, data: bytes) -> None:
        self.loop.call_later(self.delay, self.hand_on, data)

    def hand_on(self, data: bytes) -> None:
        if self.peer and self.peer.transport:
            self.peer.transport.write(data)

    def connection_lost(self, _: Exception | None) -> None:
        self.loop.call_later(self.delay, self.end)

    def end(self) -> None:
        if self.peer and self.peer.transport:
            self.peer.transport.close()


class Entrance(End):
    """The end that was called; calls the server for it, and does not read before that answers."""

    def __init__(self, delay: float, address: str, port: int):
        super().__init__(delay)
        self.address, self.port = address, port

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        super().connection_made(transport)
        assert self.transport
        self.transport.pause_reading()
        self.task = self.loop.create_task(self.call())

    async def call(self) -> None:
        assert self.transport
        try:
            _, exit = await self.loop.create_connection(lambda: End(self.delay), self.address, self.port)
        except OSError:
            self.transport.abort()
            return
        exit.peer, self.peer = self, exit
        self.transport.resume_reading()


async def main(address: str, port: int, milliseconds: float) -> None:
    loop = asyncio.get_running_loop()
    server = await loop.create_server(lambda: Entrance(milliseconds / 1000, address, port), address, 0)
    print(server.sockets[0].getsockname()[1], flush=True)
    loop.add_signal_handler(signal.SIGTERM, server.close)
    try:
        await server.serve_forever()
    except asyncio.CancelledError:
        pass


@contextmanager
def link(address: str, milliseconds: float) -> Iterator[str]:
    """The URI of a domain controller behind such a link."""
    process = subprocess.Popen(["/usr/bin/python3", "-s", "-B", __file__, address, "636", str(milliseconds)],
                               stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, text=True)
    try:
        assert process.stdout
        yield f"ldaps://{address}:{int(process.stdout.readline())}"
    finally:
        process.terminate()
        process.wait()


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1], int(sys.argv[2]), float(sys.argv[3])))
