"""The page and the API of the mail catcher."""

from __future__ import annotations

from importlib import resources

import jinja2
from litestar import Controller, MediaType, Response, delete, get
from litestar.exceptions import NotFoundException

from infra.dev.mailcatcher.store import KEPT, Mail, MailStore

_LISTED = 200
_POLICY = "default-src 'none'; style-src 'self'; frame-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
# A mail's own HTML: shown without scripts, forms or anything from elsewhere; its own inline styles are harmless there.
_MAIL_POLICY = (
    "sandbox allow-popups allow-popups-to-escape-sandbox; default-src 'none'; style-src 'unsafe-inline'; "
    "img-src data: cid:; frame-ancestors 'self'"
)
_TEMPLATES = jinja2.Environment(
    loader=jinja2.PackageLoader("infra.dev.mailcatcher", "templates"),
    autoescape=True,
    undefined=jinja2.StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)


def _page(template: str, **values: object) -> Response[str]:
    return Response(
        _TEMPLATES.get_template(template).render(**values),
        media_type=MediaType.HTML,
        headers={
            "Content-Security-Policy": _POLICY,
            "X-Content-Type-Options": "nosniff",
            "Referrer-Policy": "no-referrer",
        },
    )


class MailPages(Controller):
    """For people."""

    path = "/"
    include_in_schema = False

    @get("/", sync_to_thread=False)
    def list_page(self, store: MailStore, to: str = "") -> Response[str]:
        return _page("list.html", mails=store.newest_first(to=to, limit=_LISTED), to=to, listed=_LISTED)

    @get("/messages/{mail_id:int}", sync_to_thread=False)
    def mail_page(self, store: MailStore, mail_id: int) -> Response[str]:
        return _page("mail.html", mail=_found(store.get(mail_id)))

    @get("/messages/{mail_id:int}/html", sync_to_thread=False)
    def html_part(self, store: MailStore, mail_id: int) -> Response[str]:
        mail = _found(store.get(mail_id))
        headers = {"Content-Security-Policy": _MAIL_POLICY, "X-Content-Type-Options": "nosniff"}
        return Response(mail.html, media_type=MediaType.HTML, headers=headers)

    @get("/style.css", sync_to_thread=False)
    def style(self) -> Response[str]:
        sheet = resources.files("infra.dev.mailcatcher").joinpath("style.css").read_text()
        return Response(sheet, media_type="text/css")


class MailApi(Controller):
    """For tests and scripts."""

    path = "/api/messages"

    @get("/", sync_to_thread=False)
    def list_mails(self, store: MailStore, to: str = "", limit: int = KEPT) -> list[Mail]:
        """Newest first."""
        return store.newest_first(to=to, limit=limit)

    @get("/{mail_id:int}", sync_to_thread=False)
    def mail(self, store: MailStore, mail_id: int) -> Mail:
        return _found(store.get(mail_id))

    @get("/{mail_id:int}/raw", sync_to_thread=False)
    def raw(self, store: MailStore, mail_id: int) -> Response[bytes]:
        content = store.raw(mail_id)
        if content is None:
            raise NotFoundException("There is no such mail.")
        headers = {"Content-Security-Policy": _MAIL_POLICY, "X-Content-Type-Options": "nosniff"}
        return Response(content, media_type="text/plain; charset=utf-8", headers=headers)

    @delete("/", sync_to_thread=False)
    def clear(self, store: MailStore) -> None:
        store.clear()


def _found(mail: Mail | None) -> Mail:
    if mail is None:
        raise NotFoundException("There is no such mail.")
    return mail
