"""What every page of this computer's own server needs: who may ask, and what a page may load."""

from collections.abc import Collection

from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

#: Only our own pictures, style, fonts and script are allowed, and no other page may embed this one.
_HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; img-src 'self' data:; style-src 'self'; script-src 'self'; "
        "font-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'self'; "
        "frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    # With "no-referrer", a browser would send our own forms with the origin "null".
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}


class Guard:
    """Refuses requests that are not meant for this server: any web page can send a browser here.

    A foreign `Host` is the sign of DNS rebinding, a foreign `Origin` of a request by another page.
    """

    def __init__(self, app: ASGIApp, hosts: Collection[str], origins: Collection[str] = ()) -> None:
        """`origins` are those of other addresses that the server is reached at, as by a proxy."""
        self.app = app
        self.hosts = {*hosts}
        self.origins = {*(f"http://{host}" for host in hosts), *origins}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            return
        headers = [(name, value.decode("latin-1")) for name, value in scope["headers"]]
        named_hosts = [value for name, value in headers if name == b"host"]
        origins = {value for name, value in headers if name == b"origin"}
        if len(named_hosts) != 1 or named_hosts[0] not in self.hosts:
            text = "This page is only for this computer. Open it at the address in the terminal."
            await PlainTextResponse(text, 421)(scope, receive, send)
        elif origins - self.origins:
            await PlainTextResponse("Other pages can't use this one.", 403)(scope, receive, send)
        else:
            await self.app(scope, receive, _with_headers(send))


def _with_headers(send: Send) -> Send:
    async def sending(message: Message) -> None:
        if message["type"] == "http.response.start":
            extra = [(name.lower().encode(), value.encode()) for name, value in _HEADERS.items()]
            message["headers"] = [*message["headers"], *extra]
        await send(message)

    return sending
