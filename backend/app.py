"""The composition root: settings -> kernel -> controllers, and nothing else."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from typing import Any
from uuid import uuid4

from litestar import Litestar, Request, Response
from litestar.config.csrf import CSRFConfig
from litestar.di import Provide
from litestar.exceptions import HTTPException
from litestar.types import ASGIApp

from backend.attachments.clamd import configure_clamd
from backend.attachments.contents import configure_scratch
from backend.cards.stripe_gateway import configure_stripe
from backend.clock import keep_fresh
from backend.database import close_database, open_database
from backend.errors import Refusal
from backend.files import close_files, open_files
from backend.graphql.controller import graphql_controller
from backend.http.attachments import AttachmentController
from backend.http.brand import BrandController
from backend.http.cookies import cookie_name
from backend.http.csrf import Csrf
from backend.http.health import HealthController
from backend.http.pages import PageController, Pages
from backend.http.security import SECURITY_HEADERS
from backend.http.session import SessionController, status_of
from backend.http.visitor import Visitors
from backend.http.webhooks import WebhookController
from backend.keys import keyed_hash
from backend.live import LiveHub
from backend.log import get_log, set_up_logging
from backend.panels.addresses import configure_panels
from backend.redis import close_redis, open_redis
from backend.settings import Settings, read_settings
from backend.vault import open_keys
from backend.wrapping import KeysAway

MOST_BODY_BYTES = 1_000_000
_log = get_log(__name__)


def create_app(settings: Settings | None = None) -> Litestar:
    """The web application of one process."""
    settings = settings or read_settings()
    set_up_logging(level=settings.log_level, json=settings.production)
    open_keys(settings)
    configure_stripe(settings.stripe_api_base)
    configure_panels(private_allowed=settings.private_panels or not settings.production)
    configure_clamd(settings.clamd_url)
    configure_scratch(settings.data_dir / "arriving")
    hub = LiveHub()
    pages = Pages()
    trusted = frozenset(each.strip() for each in settings.trusted_proxies.split(",") if each.strip())

    csrf = CSRFConfig(
        secret=keyed_hash("csrf").hex(),
        cookie_name=cookie_name("countersign_csrf", production=settings.production),
        header_name="x-csrftoken",
        cookie_secure=settings.production,
        cookie_samesite="lax",
    )

    def visitors(app: ASGIApp) -> ASGIApp:
        return Visitors(
            Csrf(app, csrf), trusted_proxies=trusted, production=settings.production, files_host=settings.files_host
        )

    return Litestar(
        route_handlers=[
            graphql_controller(hub, settings.environment, compiled=settings.compiled_execution),
            SessionController,
            AttachmentController,
            BrandController,
            HealthController,
            WebhookController,
            PageController,
        ],
        lifespan=[lambda _: _running(settings, hub)],
        dependencies={
            "settings": Provide(lambda: settings, sync_to_thread=False),
            "pages": Provide(lambda: pages, sync_to_thread=False),
        },
        middleware=[visitors],
        response_headers=SECURITY_HEADERS,
        exception_handlers={Refusal: _refused, KeysAway: _keys_away, HTTPException: _http_error, Exception: _surprise},
        request_max_body_size=MOST_BODY_BYTES,
        openapi_config=None,
        logging_config=None,
    )


@asynccontextmanager
async def _running(settings: Settings, hub: LiveHub) -> AsyncIterator[None]:
    await open_database(settings.database_url, pool=settings.database_pool)
    open_redis(settings.redis_url)
    open_files(settings.files_url or settings.data_dir / "files")
    tasks = [] if settings.production else [asyncio.create_task(keep_fresh(), name="business clock")]
    try:
        async with hub:
            yield
    finally:
        for task in tasks:
            task.cancel()
            with suppress(asyncio.CancelledError):
                await task
        close_files()
        await close_redis()
        await close_database()


def _language(request: Request[Any, Any, Any]) -> str:
    actor = request.scope.get("state", {}).get("actor")
    return actor.language if actor else "en"


def _refused(request: Request[Any, Any, Any], refusal: Refusal) -> Response[dict[str, str | None]]:
    body = {"code": refusal.code, "message": refusal.message(_language(request)), "field": refusal.field}
    return Response(body, status_code=status_of(refusal))


def _keys_away(request: Request[Any, Any, Any], error: KeysAway) -> Response[dict[str, str | None]]:
    return _refused(request, error.refusal)


def _http_error(request: Request[Any, Any, Any], error: HTTPException) -> Response[dict[str, str]]:
    """What the framework refuses: an unknown path or method, a body too large or unreadable, a missing CSRF token."""
    codes = {400: "bad_request", 403: "forbidden", 404: "not_found", 405: "not_allowed", 413: "too_large"}
    return Response(
        {"code": codes.get(error.status_code, "refused"), "message": error.detail if error.status_code < 500 else ""},
        status_code=error.status_code,
    )


def _surprise(request: Request[Any, Any, Any], error: Exception) -> Response[dict[str, str]]:
    error_id = uuid4().hex[:12]
    _log.error("unexpected error", error_id=error_id, path=request.url.path, exc_info=error)
    return Response({"code": "unexpected", "message": f"Error id: {error_id}", "errorId": error_id}, status_code=500)
