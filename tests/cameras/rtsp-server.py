"""An RTSP server for tests: GStreamer's, fed with ready pictures over standard input.

  python3 rtsp-server.py PORT [USER PASSWORD] NAME=h264|h265 ...

Each picture is: u8 number of the stream, u64 BE milliseconds, u32 BE length, then the bytes with start codes.
Prints "ready" once it listens. Ends with its input.
"""

import os
import struct
import sys
import threading

import gi

gi.require_version("Gst", "1.0")
gi.require_version("GstApp", "1.0")
gi.require_version("GstRtsp", "1.0")
gi.require_version("GstRtspServer", "1.0")
from gi.repository import GLib, Gst, GstApp, GstRtsp, GstRtspServer  # noqa: E402,F401

Gst.init(None)


class Stream(GstRtspServer.RTSPMediaFactory):
    def __init__(self, codec):
        super().__init__()
        self.sources = []
        self.set_shared(True)
        caps = f"video/x-{codec},stream-format=byte-stream,alignment=au"
        self.connect("media-configure", self.configured)
        self.set_launch(
            f'( appsrc name=pictures is-live=true format=time do-timestamp=true caps="{caps}"'
            f" ! rtp{codec}pay name=pay0 pt=96 config-interval=-1 )"
        )

    def configured(self, _factory, media):
        source = [media.get_element().get_by_name("pictures"), False]
        self.sources.append(source)
        media.connect("unprepared", lambda _media: self.sources.remove(source))

    def push(self, data):
        is_key = b"\0\1\x67" in data[:8] or b"\0\1\x40\1" in data[:16]
        for source in list(self.sources):
            source[1] = source[1] or is_key
            if source[1]:
                source[0].emit("push-buffer", Gst.Buffer.new_wrapped(data))


def main(port, *rest):
    streams = [word for word in rest if "=" in word]
    account = [word for word in rest if "=" not in word]
    server = GstRtspServer.RTSPServer()
    server.set_address("127.0.0.1")
    server.set_service(port)
    if account:
        user, password = account
        auth = GstRtspServer.RTSPAuth()
        token = GstRtspServer.RTSPToken()
        token.set_string("media.factory.role", "viewer")
        auth.add_digest(user, password, token)
        auth.add_basic(GstRtspServer.RTSPAuth.make_basic(user, password), token)
        auth.set_supported_methods(GstRtsp.RTSPAuthMethod.DIGEST)
        server.set_auth(auth)
    factories = []
    for word in streams:
        name, codec = word.split("=")
        factory = Stream(codec)
        if account:
            permissions = GstRtspServer.RTSPPermissions()
            permissions.add_permission_for_role("viewer", "media.factory.access", True)
            permissions.add_permission_for_role("viewer", "media.factory.construct", True)
            factory.set_permissions(permissions)
        server.get_mount_points().add_factory(f"/{name}", factory)
        factories.append(factory)
    if server.attach(None) == 0:
        sys.exit("the port is taken")

    def read():
        while True:
            head = sys.stdin.buffer.read(13)
            if len(head) < 13:
                os._exit(0)
            number, _ms, length = struct.unpack(">BQI", head)
            data = sys.stdin.buffer.read(length)
            GLib.idle_add(factories[number].push, data)

    threading.Thread(target=read, daemon=True).start()
    print("ready", flush=True)
    GLib.MainLoop().run()


main(*sys.argv[1:])
