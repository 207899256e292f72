"""How `make lab` and Binder start JupyterLab: what a kernel says is sent at once.

Otherwise a short message waits until the one before is acknowledged (J. Nagle 1984, RFC
896), and the other side may put that off for up to half a second, in the hope of
something to send with it (R. Braden 1989, RFC 1122, 4.2.3.2). In a drag pictures come
late; how much, `python -m benchmarks.slider_to_paint` shows.
"""

from jupyter_server.services.kernels.connection.channels import (
    ZMQChannelsWebsocketConnection,
)


class PromptConnection(ZMQChannelsWebsocketConnection):
    """The usual connection between page and kernel, without the wait."""

    def connect(self):
        """Connect as usual, and turn the wait off."""
        self.websocket_handler.set_nodelay(True)
        return super().connect()


c = get_config()  # noqa: F821
c.ServerApp.kernel_websocket_connection_class = PromptConnection
