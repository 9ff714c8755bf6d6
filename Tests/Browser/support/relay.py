"""A TCP relay between the program and a domain controller, to be cut like a cable."""

import socket
import threading


class Relay:
    """Listens on another port of the controller's own address, which the certificate names."""

    def __init__(self, address: str, port: int = 636):
        self._server = (address, port)
        self._listener: socket.socket | None = None
        self._sockets: set[socket.socket] = set()
        self._threads: list[threading.Thread] = []
        self._lock = threading.Lock()
        # Answers of the server that still get through; None for all.
        self._allowed: int | None = None
        self.port = 0
        self.mend()

    @property
    def uri(self) -> str:
        return f"ldaps://{self._server[0]}:{self.port}"

    def mend(self) -> None:
        """Listens (again), on the same port as ever."""
        self._allowed = None
        listener = socket.socket()
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind((self._server[0], self.port))
        listener.listen()
        self.port = listener.getsockname()[1]
        self._listener = listener
        self._start(self._accept, listener)

    def cut(self) -> None:
        """Ends every connection, and takes no new one."""
        with self._lock:
            listener, self._listener = self._listener, None
            sockets, self._sockets = self._sockets, set()
        for each in ([listener] if listener else []) + list(sockets):
            try:
                each.shutdown(socket.SHUT_RDWR)
            except OSError:
                pass
            each.close()

    def cut_after(self, answers: int) -> None:
        """Lets so many more pieces through that the server sends, and is cut then, before the next one."""
        self._allowed = answers

    @property
    def is_cut(self) -> bool:
        return self._listener is None

    def close(self) -> None:
        self.cut()
        for thread in self._threads:
            thread.join(5)

    def _start(self, work, *arguments) -> None:
        thread = threading.Thread(target=work, args=arguments, daemon=True)
        self._threads.append(thread)
        thread.start()

    def _accept(self, listener: socket.socket) -> None:
        while True:
            try:
                near, _ = listener.accept()
            except OSError:
                return
            far = socket.create_connection(self._server)
            with self._lock:
                self._sockets |= {near, far}
            self._start(self._carry, near, far, False)
            self._start(self._carry, far, near, True)

    def _carry(self, origin: socket.socket, to: socket.socket, is_answer: bool) -> None:
        try:
            while piece := origin.recv(1 << 16):
                if is_answer and self._allowed is not None:
                    if self._allowed == 0:
                        return self.cut()
                    self._allowed -= 1
                to.sendall(piece)
        except OSError:
            pass
        for each in (origin, to):
            try:
                each.shutdown(socket.SHUT_RDWR)
            except OSError:
                pass
