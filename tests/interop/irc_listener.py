"""Joins a channel of an IRC server and prints what is said there, a line a message: HOST PORT CHANNEL."""
import socket
import sys

host, port, channel = sys.argv[1], int(sys.argv[2]), sys.argv[3]
server = socket.create_connection((host, port))
server.sendall(b"NICK listener\r\nUSER listener 0 * :listener\r\n")
for line in server.makefile("r", encoding="utf-8", newline="\r\n"):
    line = line.rstrip("\r\n")
    words = line.split(" ", 3)
    if line.startswith("PING"):
        server.sendall(("PONG" + line[4:] + "\r\n").encode())
    elif words[1] == "001":
        server.sendall(("JOIN " + channel + "\r\n").encode())
    elif words[1] == "366":
        print("joined", flush=True)
    elif words[1] == "PRIVMSG":
        print(words[3][1:], flush=True)
