"""How `make lab` and Binder start JupyterLab: what a kernel says is sent at once.

Otherwise a short message waits until the browser has confirmed the one before, and the
browser puts that off for up to 40 ms, on some systems 200, in the hope of news to send
with it (Nagle's algorithm against delayed acknowledgements: J. Nagle 1984, RFC 896;
R. Braden 1989, RFC 1122, 4.2.3.2). In a drag every second picture comes late.
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
