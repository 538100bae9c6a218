"""A mail server for tests, as good or as bad as a test wants it: what it answers is decided by `answer`."""

import socket
import threading


class MailServer:
    """Keeps what it took in `taken`, as (recipient, message) pairs.

    `answer(recipient)` gives a code to refuse it with, "hang up" to break off after the message was taken, or None.
    """

    def __init__(self, answer=lambda recipient: None) -> None:
        self.answer = answer
        self.taken: list[tuple[str, str]] = []
        self.socket = socket.create_server(("127.0.0.1", 0))
        self.port = self.socket.getsockname()[1]
        threading.Thread(target=self.accept, daemon=True).start()

    def accept(self) -> None:
        while True:
            try:
                client, _address = self.socket.accept()
            except OSError:
                return
            threading.Thread(target=self.converse, args=(client,), daemon=True).start()

    def converse(self, client: socket.socket) -> None:
        stream = client.makefile("rwb")

        def say(line: str) -> None:
            stream.write(f"{line}\r\n".encode())
            stream.flush()

        recipient = ""
        say("220 trial")
        for line in stream:
            command = line.decode().strip()
            if command.upper().startswith("RCPT"):
                recipient = command.split("<")[1].split(">")[0]
                code = self.answer(recipient)
                say(f"{code} no" if isinstance(code, int) else "250 ok")
            elif command.upper() == "DATA":
                say("354 go on")
                message = b"".join(iter(stream.readline, b".\r\n")).decode()
                self.taken.append((recipient, message))
                if self.answer(recipient) == "hang up":
                    client.shutdown(socket.SHUT_RDWR)
                    return
                say("250 taken")
            elif command.upper() == "QUIT":
                say("221 bye")
                return
            else:
                say("250 ok")

    def ids(self) -> list[str]:
        return [
            line.split(":", 1)[1].strip()
            for _recipient, message in self.taken
            for line in message.splitlines()
            if line.lower().startswith("message-id:")
        ]

    def close(self) -> None:
        self.socket.close()
