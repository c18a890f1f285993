"""odd_files.py SWIFT OBJC FOLDER: variants of two sources that editors, tools and accidents make."""
import os
import random
import sys

folder = sys.argv[3]
for source in sys.argv[1:3]:
    plain = open(source, "rb").read()
    kind = os.path.splitext(source)[1]

    def write(name, text):
        open(os.path.join(folder, name + kind), "wb").write(text)

    write("plain", plain)
    write("bom", b"\xef\xbb\xbf" + plain)
    write("crlf", plain.replace(b"\n", b"\r\n"))
    if kind == ".swift":
        write("cr", plain.replace(b"\n", b"\r"))
        write("nul", plain + b"\n// \0\0\n")
    write("latin1", plain.replace(b"\n\n", b"\n// gr\xfc\xdfe \xff\xfe\n", 1))
    write("unbalanced", plain.replace(b"return", b"if true {{{ return", 1))
    # Cut in the middle of the handler.
    write("half", plain[: plain.index(b"update.remoteHandle") + 9])
    write("empty", b"")
    noise = random.Random(7)
    token = b" didReceiveIncomingPushWith PKPushRegistry "
    write("binary", bytes(noise.randrange(256) for _ in range(5000)) + token + bytes(1000))
    write("deep", b"// didReceiveIncomingPush\nfunc f() { x = " + b"(" * 20000 + b"\n")
    write("line", b"// didReceiveIncomingPush " + b"x" * 2000000 + b"\n")

# As long as a disk image, and as empty.
with open(os.path.join(folder, "image.m"), "wb") as image:
    image.truncate(100 << 20)
